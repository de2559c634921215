namespace AwoooP.Contracts;

/// <summary>What can be asked of one version of a contract.</summary>
internal enum ContractTrigger
{
    None = 0,
    Draft,
    Revise,
    Publish,
    Sign,
    Deprecate,
    Retire,

    /// <summary>Another version was put in force.</summary>
    Replace,
}
