namespace AwoooP.Runtime.Tests.Versions;

/// <summary>Makes calls as one version knows them, and tells what came back.</summary>
public interface IOrderDesk
{
    /// <param name="what">place, last, wrap or send; the last two are of the newer version.</param>
    Task<string> AskAsync(IGrainFactory grains, string key, string what);
}
