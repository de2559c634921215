using Microsoft.Extensions.Options;

namespace AwoooP.Runtime.Tests;

public sealed class EngineOptionsTests
{
    [Fact]
    public void Defaults_AreValid() => new EngineOptionsValidator().Validate(null, new EngineOptions()).Succeeded.ShouldBeTrue();

    [Fact]
    public void Faults_AreAllNamed()
    {
        var options = new EngineOptions { CallTimeout = TimeSpan.Zero, MailboxLimit = 0 };

        var result = new EngineOptionsValidator().Validate(null, options);

        result.Failures!.Count().ShouldBe(2);
        result.FailureMessage!.ShouldContain(nameof(EngineOptions.CallTimeout));
        result.FailureMessage!.ShouldContain(nameof(EngineOptions.MailboxLimit));
    }

    [Fact]
    public void Engine_WithInvalidOptions_DoesNotStart() =>
        Should.Throw<OptionsValidationException>(() => new TestSilo(static options => options.MaxActivations = 0));
}
