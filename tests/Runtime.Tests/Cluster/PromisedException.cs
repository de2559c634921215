namespace AwoooP.Runtime.Tests.Cluster;

internal sealed class PromisedException(string message) : Exception(message);
