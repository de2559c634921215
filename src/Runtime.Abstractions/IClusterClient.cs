namespace AwoooP.Runtime;

/// <summary>The way into the cluster for code that is not itself a grain.</summary>
public interface IClusterClient : IGrainFactory;
