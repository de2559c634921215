namespace AwoooP.Runtime;

/// <summary>Makes references to grains. A reference is cheap, holds no connection and never fails to be made.</summary>
public interface IGrainFactory
{
    TGrain GetGrain<TGrain>(string key) where TGrain : IGrainWithStringKey;
}

/// <summary>The way into the cluster for code that is not itself a grain.</summary>
public interface IClusterClient : IGrainFactory;
