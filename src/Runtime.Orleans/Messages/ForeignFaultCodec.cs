using System.Buffers;
using Microsoft.Extensions.Options;
using Orleans.Serialization;
using Orleans.Serialization.Buffers;
using Orleans.Serialization.Cloning;
using Orleans.Serialization.Codecs;
using Orleans.Serialization.Serializers;
using Orleans.Serialization.WireProtocol;

namespace AwoooP.Runtime.Messages;

/// <summary>
/// Carries exceptions that Orleans would not write, such as those of PostgreSQL's driver behind a fault of ours, by name and message: between
/// embedded silos no more is told either. The type on the wire is the codec itself: whoever reads it needs no type of another library.
/// </summary>
internal sealed class ForeignFaultCodec(IOptions<ExceptionSerializationOptions> options) : IGeneralizedCodec, IGeneralizedCopier
{
    public bool IsSupportedType(Type type) => type == typeof(ForeignFaultCodec) || (typeof(Exception).IsAssignableFrom(type) && !IsKnownToOrleans(type));

    public object? DeepCopy(object? input, CopyContext context) => input;

    public void WriteField<TBufferWriter>(ref Writer<TBufferWriter> writer, uint fieldIdDelta, Type? expectedType, object? value)
        where TBufferWriter : IBufferWriter<byte>
    {
        if (value is not Exception fault)
        {
            ReferenceCodec.WriteNullReference(ref writer, fieldIdDelta);
            return;
        }

        ReferenceCodec.MarkValueField(writer.Session);
        writer.WriteStartObject(fieldIdDelta, expectedType, typeof(ForeignFaultCodec));
        StringCodec.WriteField(ref writer, 0, $"{fault.GetType()}: {fault.Message}");
        writer.WriteEndObject();
    }

    public object? ReadValue<TInput>(ref Reader<TInput> reader, Field field)
    {
        if (field.WireType == WireType.Reference)
            return ReferenceCodec.ReadReference<Exception, TInput>(ref reader, field);

        field.EnsureWireTypeTagDelimited();
        ReferenceCodec.MarkValueField(reader.Session);
        var told = "";
        for (uint id = 0; ;)
        {
            var header = reader.ReadFieldHeader();
            if (header.IsEndBaseOrEndObject)
                return new ForeignFaultException(told);

            id += header.FieldIdDelta;
            if (id == 0)
                told = StringCodec.ReadValue(ref reader, header) ?? "";
            else
                reader.ConsumeUnknownField(header);
        }
    }

    /// <summary>Orleans' own exceptions, and those of the namespaces that it was told of, are written as they are.</summary>
    private bool IsKnownToOrleans(Type type) =>
        type.Namespace is { } name
        && (name.StartsWith(nameof(Orleans), StringComparison.Ordinal)
            || options.Value.SupportedNamespacePrefixes.Any(prefix => name.StartsWith(prefix, StringComparison.Ordinal)));
}
