using System.Globalization;
using System.Text.RegularExpressions;
using AwoooP.Budgets;
using AwoooP.Incidents;

namespace AwoooP.Client.Api;

/// <summary>The account of an agent, an incident or a run in a path: ids in the one form that the platform writes.</summary>
internal static class AccountId
{
    public const int MaxAgentId = 128;

    private static readonly Regex Form = new($@"^(?:{Shape})\z", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking);

    /// <summary>A regular expression for the whole of it.</summary>
    public static string Shape => string.Create(
        CultureInfo.InvariantCulture,
        $"{BudgetAccount.AgentPrefix}[A-Za-z0-9._:/@-]{{1,{MaxAgentId}}}|{BudgetAccount.IncidentPrefix}{IncidentId.Shape}|{BudgetAccount.RunPrefix}{PathId.UuidShape}");

    public static bool IsValid(string account) => Form.IsMatch(account);
}
