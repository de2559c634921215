using System.Reflection;
using AwoooP.Commands;
using AwoooP.Incidents;

namespace AwoooP.Grains.Tests.Messages;

/// <summary>What grain interfaces say, by reflection: nobody can add to them without being seen here.</summary>
internal static class MessageTypes
{
    public static IReadOnlyList<Type> Interfaces { get; } =
    [
        .. new[] { typeof(IAggregateGrain).Assembly, typeof(IncidentGrain).Assembly }
            .SelectMany(static assembly => assembly.GetTypes())
            .Where(static type => type.IsInterface && type.IsAssignableTo(typeof(IGrainWithStringKey)))
            .OrderBy(static type => type.FullName, StringComparer.Ordinal),
    ];

    public static IEnumerable<MethodInfo> Methods(Type grain) =>
        grain.GetInterfaces().Prepend(grain).SelectMany(static level => level.GetMethods()).Where(static method => method.IsAbstract);

    /// <summary>The types of a method's arguments, without the token, and of its answer.</summary>
    public static IEnumerable<Type> Of(MethodInfo method) =>
    [
        .. method.GetParameters().Select(static parameter => parameter.ParameterType).Where(static type => type != typeof(CancellationToken)),
        .. method.ReturnType.GenericTypeArguments,
    ];

    public static IEnumerable<Type> All { get; } = [.. Interfaces.SelectMany(Methods).SelectMany(Of).Append(typeof(CallContext)).Distinct()];
}
