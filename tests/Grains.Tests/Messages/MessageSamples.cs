using System.Collections;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace AwoooP.Grains.Tests.Messages;

/// <summary>
/// Values of any message type, made by its constructor and its setters: a full one has every property filled in and every
/// kind of what is polymorphic, a bare one has null, zero or nothing wherever its type allows it.
/// </summary>
internal sealed class MessageSamples(bool isFull)
{
    // A step may have a step that undoes it, and so on.
    private const int MaxDepth = 6;
    private static readonly DateTimeOffset At = new DateTimeOffset(2026, 1, 15, 8, 30, 0, TimeSpan.Zero).AddMicroseconds(123_456);
    private readonly NullabilityInfoContext _nullability = new();
    private int _count;

    public object Of(Type type) => Of(type, 0);

    private object Of(Type type, int depth)
    {
        if (type.IsArray)
            return Items(type.GetElementType()!, depth);
        if (Nullable.GetUnderlyingType(type) is { } value)
            return Of(value, depth);
        if (type.IsEnum)
            return Enum.GetValues(type).Cast<object>().ElementAt(isFull ? ^1 : 0);
        if (type.IsGenericType && type.GetGenericTypeDefinition() is var open && open == typeof(IReadOnlyList<>))
            return Items(type.GenericTypeArguments[0], depth);
        if (type.IsGenericType && type.GetGenericTypeDefinition() == typeof(IReadOnlyDictionary<,>))
            return Entries(type.GenericTypeArguments[1], depth);
        return Plain(type) ?? Made(Kinds(type)[0], depth);
    }

    private object? Plain(Type type) => Type.GetTypeCode(type) switch
    {
        TypeCode.String => isFull ? $"{++_count} 狗 \"a\\b\" <x>" : "",
        TypeCode.Boolean => isFull,
        TypeCode.Byte => isFull ? (byte)++_count : (byte)0,
        TypeCode.Int16 => isFull ? (short)++_count : (short)0,
        TypeCode.Int32 => isFull ? ++_count : 0,
        TypeCode.Int64 => isFull ? long.MaxValue - ++_count : 0L,
        TypeCode.Decimal => isFull ? ++_count + 0.25m : 0m,
        TypeCode.Double => isFull ? ++_count + 0.1 : 0.0,
        _ when type == typeof(JsonElement) => JsonElement.Parse(isFull ? $$"""{"a":[{{++_count}},"狗"]}""" : "null"),
        _ when type == typeof(Guid) => isFull ? new Guid(++_count, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10) : Guid.Empty,
        _ when type == typeof(DateTimeOffset) => isFull ? At.AddMinutes(++_count).ToOffset(TimeSpan.FromHours(8)) : DateTimeOffset.UnixEpoch,
        _ => null,
    };

    private Array Items(Type type, int depth)
    {
        var kinds = !isFull ? [] : Plain(type) is null && !type.IsEnum ? Kinds(type) : [type, type];
        var items = Array.CreateInstance(type, kinds.Count);
        for (var index = 0; index < kinds.Count; index++)
            items.SetValue(Of(kinds[index], depth), index);
        return items;
    }

    private object Entries(Type type, int depth)
    {
        var entries = (IDictionary)Activator.CreateInstance(typeof(Dictionary<,>).MakeGenericType(typeof(string), type))!;
        for (var index = 0; isFull && index < 2; index++)
            entries.Add($"Key {++_count}", Of(type, depth));
        return entries;
    }

    private object Made(Type type, int depth)
    {
        var constructor = type.GetConstructors().MaxBy(static candidate => candidate.GetParameters().Length)
            ?? throw new InvalidOperationException($"{type} has no public constructor, so no sample of it can be made.");
        var parameters = constructor.GetParameters();
        var made = constructor.Invoke([.. parameters.Select(parameter => Filled(parameter.ParameterType, _nullability.Create(parameter), depth))]);
        foreach (var property in type.GetProperties(BindingFlags.Public | BindingFlags.Instance))
        {
            if (property.SetMethod is { IsPublic: true } && parameters.All(parameter => parameter.Name != property.Name))
                property.SetValue(made, Filled(property.PropertyType, _nullability.Create(property), depth));
        }

        return made;
    }

    private object? Filled(Type type, NullabilityInfo nullability, int depth) =>
        nullability.ReadState == NullabilityState.Nullable && (!isFull || depth >= MaxDepth) ? null : Of(type, depth + 1);

    private static IReadOnlyList<Type> Kinds(Type type) =>
        type.IsAbstract ? [.. type.GetCustomAttributes<JsonDerivedTypeAttribute>(inherit: false).Select(static kind => kind.DerivedType)] : [type];
}
