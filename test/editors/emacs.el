;;; Does in Emacs what a user would, and writes what came of it to $FINDINGS as JSON.  -*- lexical-binding: t -*-
(require 'json)
(require 'flymake)
(require 'xref)

(defmacro wait-for (what condition)
  `(with-timeout (30 (error "waited in vain for %s" ,what))
     (while (not ,condition) (accept-process-output nil 0.05))))

(defun text () (buffer-substring-no-properties (point-min) (point-max)))
(defun put-cursor (text)
  (goto-char (point-min))
  (search-forward text))

(let (found)
  (find-file (getenv "MODEL"))
  ;; The command loop, which batch mode has none of, lets eglot connect.
  (run-hooks 'post-command-hook)
  (wait-for "the server" (and (eglot-current-server) eglot--managed-mode))
  (let (errors)
    (flymake-start)
    (wait-for "the diagnostics"
              (setq errors (seq-filter (lambda (d) (eq (flymake-diagnostic-type d) 'eglot-error)) (flymake-diagnostics))))
    (push (cons 'diagnostics
                (vconcat (mapcar (lambda (d) `((message . ,(flymake-diagnostic-text d))
                                               (line . ,(1- (line-number-at-pos (flymake-diagnostic-beg d))))))
                                 errors)))
          found))

  (put-cursor "requirements AppRequirementSe")
  (pcase-let ((`(,_ ,_ ,table . ,_) (eglot-completion-at-point)))
    (push (cons 'completions (vconcat (mapcar #'substring-no-properties (all-completions "" table)))) found))
  (insert "t")

  (put-cursor "Component_App.ComponentPortDb")
  (call-interactively #'xref-find-definitions)
  (push (cons 'definition (buffer-substring-no-properties (line-beginning-position) (line-end-position))) found)

  (put-cursor "variable AppCard")
  (eglot-rename "AppInstances")
  (push (cons 'renamed (text)) found)

  (eglot-format-buffer)
  (push (cons 'formatted (text)) found)

  (with-temp-file (getenv "FINDINGS") (insert (json-encode found)))
  (set-buffer-modified-p nil)
  (kill-emacs 0))
