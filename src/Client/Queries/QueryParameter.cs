using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Reflection;
using System.Text.Json;
using Microsoft.OpenApi;

namespace AwoooP.Client.Queries;

/// <summary>
/// A parameter that an endpoint takes from the query, in the endpoint's metadata: what is not among them is refused, and the document shows them. A handler
/// declares one by a parameter of one of the types beside this one, which hold what comes to the bounds that they describe.
/// </summary>
/// <param name="Name">In the query: <c>incident_id</c> for the handler's <c>incidentId</c>.</param>
/// <param name="Describe">Type and bounds of its values, made anew for each document.</param>
/// <param name="Description">Where the name alone does not say what it means; from <see cref="DescriptionAttribute"/>.</param>
/// <param name="IsRequired">From <see cref="RequiredAttribute"/>.</param>
internal sealed record QueryParameter(string Name, Func<OpenApiSchema> Describe, string? Description = null, bool IsRequired = false)
{
    public static QueryParameter Of(ParameterInfo parameter, Func<OpenApiSchema> describe) => new(
        NameOf(parameter), describe, parameter.GetCustomAttribute<DescriptionAttribute>()?.Description, IsRequiredOf(parameter));

    public static string NameOf(ParameterInfo parameter) => JsonNamingPolicy.SnakeCaseLower.ConvertName(parameter.Name!);

    public static bool IsRequiredOf(ParameterInfo parameter) => parameter.IsDefined(typeof(RequiredAttribute));
}
