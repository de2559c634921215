using AwoooP.Testing;

namespace AwoooP.Grains.Tests.Harness;

internal sealed partial class MortalGrains : IStringKeysOnly;
