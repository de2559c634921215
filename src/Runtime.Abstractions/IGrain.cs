namespace AwoooP.Runtime;

/// <summary>Anything with a grain's identity: the grain itself and every reference to it.</summary>
public interface IAddressable;

/// <summary>A virtual actor as its callers see it: always addressable, activated by the first call.</summary>
public interface IGrain : IAddressable;

/// <summary>A grain addressed by a string key.</summary>
public interface IGrainWithStringKey : IGrain;
