using System.Text.Json;
using AwoooP.Budgets;
using AwoooP.Contracts;
using AwoooP.Grains.Tests.Contracts;

namespace AwoooP.Grains.Tests.Budgets;

/// <summary>What a contract may ask is what an account lets in.</summary>
public sealed class ModelNameTests
{
    public static TheoryData<string, bool> Names => new()
    {
        { "gpt-4.1", true },
        { "meta/llama_3:70B@2026+q4", true },
        { "a", true },
        { new string('m', 64), true },
        { "", false },
        { new string('m', 65), false },
        { "small 1", false },
        { " small", false },
        { "small\n", false },
        { "模型", false },
        { "small\\1", false },
        { "[small]", false },
    };

    [Theory]
    [MemberData(nameof(Names))]
    public void Name_OfAModel_IsTheSameToContractsAndToAccounts(string name, bool isValid)
    {
        ModelName.IsValid(name).ShouldBe(isValid);
        FaultsOfTheContract(name).ShouldBe(isValid ? [] : new[] { "pattern_mismatch $.models[0].model" });
        FaultsOfTheAccount(name).ShouldBe(isValid ? [] : new[] { "invalid_name $.call.model" });
    }

    [Fact]
    public void Pattern_OfAgentsContracts_IsTheRule()
    {
        using var stream = typeof(ContractSchemas).Assembly.GetManifestResourceStream("AwoooP.Contracts.agent.v1.json")!;
        using var schema = JsonDocument.Parse(stream);

        schema.RootElement.GetProperty("properties").GetProperty("models").GetProperty("items").GetProperty("properties").GetProperty("model")
            .GetProperty("pattern").GetString().ShouldBe(ModelName.Pattern);
    }

    private static IEnumerable<string> FaultsOfTheContract(string name)
    {
        var document = ContractFixtures.Valid(ContractKind.Agent).Replace("\"gpt-4.1\"", JsonSerializer.Serialize(name), StringComparison.Ordinal);
        return ContractDocument.Check(ContractKind.Agent, document).Select(static fault => $"{fault.Code} {fault.Field}");
    }

    private static IEnumerable<string> FaultsOfTheAccount(string name)
    {
        var command = new ReserveSpending(
            AccountTale.Id(1), new Spending(1m, 10), AccountTale.Start.AddMinutes(1), AccountTale.Call with { Model = name });
        return (BudgetValidation.Check(command, new AccountTale().Terms, AccountTale.Start)?.InvalidFields ?? [])
            .Select(static fault => $"{fault.Code} {fault.Field}");
    }
}
