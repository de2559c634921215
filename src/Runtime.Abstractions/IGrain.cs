namespace AwoooP.Runtime;

/// <summary>A virtual actor as its callers see it: always addressable, activated by the first call.</summary>
public interface IGrain;

/// <summary>A grain addressed by a string key.</summary>
public interface IGrainWithStringKey : IGrain;
