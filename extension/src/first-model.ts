/** A small model that can be solved and compiled as it is. */
export const firstModel = `camel model Shop {
  application Shop { version '1.0' }

  deployment model ShopDeployment {
    software Web {
      requirements WebReqs
      provided communication Https port 443
      required communication DatabaseReq port 5432 mandatory
      container configuration WebContainer { image 'nginx:1.27' }
    }
    software Database {
      requirements DatabaseReqs
      provided communication DatabasePort port 5432
      container configuration DatabaseContainer { image 'postgres:17' }
    }
    communication WebToDatabase from Web.DatabaseReq to Database.DatabasePort

    requirements WebReqs { resource ShopRequirements.SmallMachine horizontal scale ShopRequirements.WebScale }
    requirements DatabaseReqs { resource ShopRequirements.LargeMachine horizontal scale ShopRequirements.DatabaseScale }
  }

  requirement model ShopRequirements {
    resource requirement SmallMachine {
      attribute cores [MetaDataModel.MELODICMetadataSchema.ApplicationPlacementModel.IaaS.Processing.CPU.hasNumberofCores] : [int 2
    }
    resource requirement LargeMachine {
      attribute ram [MetaDataModel.MELODICMetadataSchema.ApplicationPlacementModel.IaaS.Processing.RAM.TotalMemory] : [int 16 UnitTemplateCamelModel.UnitTemplateModel.GigaBytes
    }
    horizontal scale requirement WebScale [2, 4]
    horizontal scale requirement DatabaseScale [1, 1]
    optimisation requirement Cheapest { minimise variable ShopMetrics.Cost }
  }

  metric model ShopMetrics {
    variable Cost { template MetricTemplateCamelModel.MetricTemplateModel.CostTemplateEuros }
  }
}
`;
