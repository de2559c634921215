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
/// embedded silos no more is told either.
/// </summary>
internal sealed class OtherFaults(IOptions<ExceptionSerializationOptions> written) : IGeneralizedCodec, IGeneralizedCopier
{
    public bool IsSupportedType(Type type) => type == typeof(OtherFaults) || (typeof(Exception).IsAssignableFrom(type) && !IsWritten(type));

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
        writer.WriteStartObject(fieldIdDelta, expectedType, typeof(OtherFaults));
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
                return new OtherFaultException(told);

            id += header.FieldIdDelta;
            if (id == 0)
                told = StringCodec.ReadValue(ref reader, header) ?? "";
            else
                reader.ConsumeUnknownField(header);
        }
    }

    private bool IsWritten(Type type) => type.Namespace is { } name
        && (name.StartsWith(nameof(Orleans), StringComparison.Ordinal) || written.Value.SupportedNamespacePrefixes.Any(prefix => name.StartsWith(prefix, StringComparison.Ordinal)));
}
