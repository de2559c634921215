using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace AwoooP.Runtime.Tests.Cluster;

/// <summary>Messages of a silo whose read loops stop at the first script that comes, until the test lets them go on.</summary>
internal sealed class StalledMessages : JsonConverter<Script>, IDisposable
{
    private readonly ManualResetEventSlim _opened = new();
    private readonly TaskCompletionSource _reached = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public StalledMessages() => Options = new JsonSerializerOptions { Converters = { this }, TypeInfoResolver = new DefaultJsonTypeInfoResolver() };

    public JsonSerializerOptions Options { get; }

    public Task Reached => _reached.Task.WaitAsync(TestSilo.Patience);

    public void Open() => _opened.Set();

    public override Script Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        _reached.TrySetResult();
        _opened.Wait(TestSilo.Patience);
        reader.Skip();
        return Scripts.Nothing;
    }

    public override void Write(Utf8JsonWriter writer, Script value, JsonSerializerOptions options) => writer.WriteNullValue();

    public void Dispose()
    {
        _opened.Set();
        _opened.Dispose();
    }
}
