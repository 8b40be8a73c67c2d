-- Does in Neovim what a user would, and writes what came of it to $FINDINGS as JSON.
local function wait(what, condition)
  if not vim.wait(20000, condition, 50) then
    io.stderr:write('waited in vain for ' .. what .. '\n')
    vim.cmd('cquit')
  end
end
local function put_cursor(pattern, offset)
  vim.fn.cursor(1, 1)
  local at = vim.fn.searchpos(pattern, 'cW')
  vim.fn.cursor(at[1], at[2] + offset)
end
local function text()
  return table.concat(vim.api.nvim_buf_get_lines(0, 0, -1, true), '\n') .. '\n'
end

local found = {}
vim.cmd('edit ' .. os.getenv('MODEL'))
local function errors()
  return vim.diagnostic.get(0, { severity = vim.diagnostic.severity.ERROR })
end
wait('the diagnostics', function() return #errors() > 0 end)
found.diagnostics = vim.tbl_map(function(d) return { message = d.message, line = d.lnum } end, errors())

put_cursor('requirements AppRequirementSe\\zs$', 0)
local params = vim.lsp.util.make_position_params()
params.position.character = #vim.api.nvim_get_current_line()
local answers = vim.lsp.buf_request_sync(0, 'textDocument/completion', params, 20000)
local _, answer = next(answers)
found.completions = vim.tbl_map(function(item) return item.label end, answer.result.items or answer.result)
vim.api.nvim_set_current_line(vim.api.nvim_get_current_line() .. 't')
wait('the end of the diagnostics', function() return #errors() == 0 end)

put_cursor('Component_App\\.ComponentPortDbReq', #'Component_App.Comp')
local before = vim.fn.line('.')
vim.lsp.buf.definition()
wait('the definition', function() return vim.fn.line('.') ~= before end)
found.definition = vim.api.nvim_get_current_line()

put_cursor('variable AppCardinality', #'variable ')
vim.lsp.buf.rename('AppInstances')
wait('the new name', function() return vim.fn.search('AppInstances/100', 'nw') > 0 end)
found.renamed = text()

if vim.lsp.buf.format then
  vim.lsp.buf.format({ timeout_ms = 20000 })
else
  vim.lsp.buf.formatting_sync(nil, 20000)
end
found.formatted = text()

local file = io.open(os.getenv('FINDINGS'), 'w')
file:write(vim.json and vim.json.encode(found) or vim.fn.json_encode(found))
file:close()
vim.cmd('qall!')
