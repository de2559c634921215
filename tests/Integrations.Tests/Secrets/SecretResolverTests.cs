using AwoooP.Integrations.Secrets;
using AwoooP.Testing;

namespace AwoooP.Integrations.Tests.Secrets;

public sealed class SecretResolverTests : IDisposable
{
    private readonly string _file = Path.GetTempFileName();
    private readonly FakeClock _clock = new();

    [Theory]
    [InlineData("{\"a\":\"one\",\"b\":\"two\"}", "#b", "two")]
    [InlineData("a=one\nb = two \n", "#b", "two")]
    [InlineData("{\"b\":\"two\\n\"}", "#b", "two")]
    [InlineData("  whole \n", "", "whole")]
    public async Task Resolve_File_GivesTheValue(string content, string key, string expected)
    {
        await File.WriteAllTextAsync(_file, content);

        (await new SecretResolver(_clock).ResolveAsync($"file://{_file}{key}", default)).ShouldBe(expected);
    }

    [Theory]
    [InlineData("from-env")]
    [InlineData("from-env\n")]
    [InlineData(" from-env\r\n")]
    public async Task Resolve_Environment_GivesTheValue(string kept)
    {
        var name = $"AWOOOP_TEST_{Environment.ProcessId}";
        Environment.SetEnvironmentVariable(name, kept);

        (await new SecretResolver(_clock).ResolveAsync($"env://{name}", default)).ShouldBe("from-env");

        Environment.SetEnvironmentVariable(name, null);
    }

    [Fact]
    public async Task Resolve_Rotated_IsSeenAfterAMinute()
    {
        var resolver = new SecretResolver(_clock);
        await File.WriteAllTextAsync(_file, "old");
        await resolver.ResolveAsync($"file://{_file}", default);
        await File.WriteAllTextAsync(_file, "new");

        _clock.Advance(TimeSpan.FromSeconds(59));
        (await resolver.ResolveAsync($"file://{_file}", default)).ShouldBe("old");
        _clock.Advance(TimeSpan.FromSeconds(1));
        (await resolver.ResolveAsync($"file://{_file}", default)).ShouldBe("new");
    }

    [Theory]
    [InlineData("env://AWOOOP_NO_SUCH_VARIABLE")]
    [InlineData("file:///nonexistent/file")]
    [InlineData("k8s://namespace/secret#key")]
    [InlineData("plain text")]
    public async Task Resolve_Missing_Throws(string reference) =>
        await Should.ThrowAsync<SecretUnavailableException>(async () => await new SecretResolver(_clock).ResolveAsync(reference, default));

    [Theory]
    [InlineData("abc-123_=/+.~", true)]
    [InlineData("two\nlines", false)]
    [InlineData("a\0b", false)]
    [InlineData("clé", false)]
    public async Task ResolveBearer_WhatNoHeaderTakes_IsAsGoodAsMissing(string secret, bool isTaken)
    {
        await File.WriteAllTextAsync(_file, secret);
        var resolving = new SecretResolver(_clock).ResolveBearerAsync($"file://{_file}", default).AsTask();

        if (isTaken)
            (await resolving).ToString().ShouldBe($"Bearer {secret}");
        else
            (await Should.ThrowAsync<SecretUnavailableException>(() => resolving)).ToString().ShouldNotContain(secret);
    }

    [Fact]
    public async Task Resolve_BrokenFile_NeverSaysWhatIsInIt()
    {
        await File.WriteAllTextAsync(_file, "{\"a\":\"hunter2\"");

        var fault = await Should.ThrowAsync<SecretUnavailableException>(async () => await new SecretResolver(_clock).ResolveAsync($"file://{_file}#a", default));

        fault.ToString().ShouldNotContain("hunter2");
    }

    public void Dispose() => File.Delete(_file);
}
