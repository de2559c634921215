using System.Text.Json;
using AwoooP.Contracts;
using AwoooP.Events;

namespace AwoooP.Grains.Tests.Contracts;

/// <summary>The schemas of the six kinds against documents that were written beside them.</summary>
public sealed class ContractDocumentTests
{
    private const string Context = "decision-context";

    public static TheoryData<string> Valid => [.. ContractFixtures.Names("*.valid.*.json")];

    public static TheoryData<string> Invalid => [.. ContractFixtures.Names("*.invalid.*.json")];

    [Fact]
    public void Fixtures_OfEveryKind_AreThereBothValidAndInvalid()
    {
        foreach (var kind in Enum.GetValues<ContractKind>().Where(static kind => kind is not ContractKind.None).Select(Literal.Of).Append(Context))
        {
            ContractFixtures.Names($"{kind}.valid.*.json").Count().ShouldBeGreaterThan(1, kind);
            ContractFixtures.Names($"{kind}.invalid.*.json").Count().ShouldBeGreaterThan(3, kind);
        }
    }

    [Theory]
    [MemberData(nameof(Valid))]
    public void Document_ThatIsValid_HasNoFaultAndTheHashOfItsCanonicalForm(string name)
    {
        var fixture = ContractFixtures.Read(name);

        var canonical = ContractDocument.Accept(fixture.GetProperty("document").GetRawText(), out var faults).ShouldNotBeNull(string.Join(", ", faults));

        Find(name, canonical).ShouldBeEmpty();
        // Made by another program.
        ContractStatements.Sha256Of(canonical).ShouldBe(fixture.GetProperty("sha256").GetString());
    }

    [Theory]
    [MemberData(nameof(Invalid))]
    public void Document_ThatIsInvalid_HasTheFaultsThatItsFileNames(string name)
    {
        var fixture = ContractFixtures.Read(name);

        var canonical = ContractDocument.Accept(fixture.GetProperty("document").GetRawText(), out _).ShouldNotBeNull();

        Find(name, canonical).ShouldBe(fixture.GetProperty("faults").EnumerateArray().Select(static fault => fault.GetString()!), ignoreOrder: true);
    }

    /// <summary>What was checked of each kind is the place of a schema within it, so none is passed over by a new kind.</summary>
    [Fact]
    public void Schemas_WithinDocuments_AreAllLookedAt()
    {
        foreach (var kind in Enum.GetValues<ContractKind>().Where(static kind => kind is not ContractKind.None))
        {
            var document = JsonElement.Parse(ContractFixtures.Valid(kind));
            ContractSchemas.Within(kind, document).Select(static held => held.Path.ToString())
                .ShouldBe(document.EnumerateObject().Where(static field => field.Name.EndsWith("_schema", StringComparison.Ordinal)).Select(static field => $"$.{field.Name}"), ignoreOrder: true);
        }
    }

    [Theory]
    [InlineData("""{"a":1,"a":2}""", "duplicate_key", "$.a")]
    [InlineData("""{"a":"\ud800"}""", "lone_surrogate", "$.a")]
    [InlineData("""{"a":1e999}""", "number_out_of_range", "$.a")]
    [InlineData("""{"a":["b\u0000"]}""", "nul_character", "$.a[0]")]
    [InlineData("""{"\u0000":1}""", "nul_character", "$")]
    [InlineData("{", "malformed_json", "$")]
    [InlineData("[]", "wrong_type", "$")]
    [InlineData("""{"a":{"b":"Authorization: Bearer abcdefghijklmnopqrstuvwxyz0123456789"}}""", "secret_in_contract", "$.a.b")]
    public void Accept_WhatMustNotEnterTheLog_IsRefusedWithItsPath(string text, string code, string path)
    {
        ContractDocument.Accept(text, out var faults).ShouldBeNull();

        var fault = faults.ShouldHaveSingleItem();
        (fault.Code, fault.Field).ShouldBe((code, path));
    }

    [Fact]
    public void Accept_ADocumentThatIsTooLarge_NamesTheBound()
    {
        ContractDocument.Accept($$"""{"a":"{{new string('狗', ContractLimits.MaxDocumentBytes / 3)}}"}""", out var faults).ShouldBeNull();

        faults.ShouldHaveSingleItem().Bound.ShouldBe("1..24576");
    }

    /// <summary>White space is no part of the canonical form, and yet it is read.</summary>
    [Fact]
    public void Accept_ATextThatIsTooLarge_IsRefusedUnread()
    {
        ContractDocument.Accept($$"""{"a":{{new string(' ', ContractLimits.MaxTextBytes)}}not even JSON""", out var faults).ShouldBeNull();

        var fault = faults.ShouldHaveSingleItem();
        (fault.Code, fault.Bound).ShouldBe(("document_too_large", "1..98304"));
    }

    [Theory]
    [InlineData("""{"db_password":"correct horse"}""", "$.db_password")]
    [InlineData("""{"servers":[{"apiToken":["a","b"]}]}""", "$.servers[0].apiToken[0]")]
    public void Accept_ATextUnderTheNameOfASecret_IsRefusedWhateverItLooksLike(string text, string path)
    {
        ContractDocument.Accept(text, out var faults).ShouldBeNull();

        (faults[0].Code, faults[0].Field).ShouldBe(("secret_in_contract", path));
    }

    [Theory]
    [InlineData("""{"password":"env://DB_PASSWORD"}""")]
    [InlineData("""{"password":{"type":"string","maxLength":64},"required":["password"]}""")]
    public void Accept_AReferenceOrTheShapeOfASecret_IsTaken(string text) => ContractDocument.Accept(text, out _).ShouldNotBeNull();

    [Fact]
    public void Accept_ADocumentThatIsTooDeep_NamesTheBound()
    {
        ContractDocument.Accept(Nested(ContractLimits.MaxDepth), out _).ShouldNotBeNull();
        ContractDocument.Accept(Nested(ContractLimits.MaxDepth + 1), out var faults).ShouldBeNull();

        faults.ShouldHaveSingleItem().Bound.ShouldBe("1..48");
    }

    /// <summary>The record and the schema say the same.</summary>
    [Fact]
    public void DecisionContext_AsARecord_IsWhatItsSchemaSays()
    {
        foreach (var name in ContractFixtures.Names($"{Context}.valid.*.json"))
        {
            var document = ContractFixtures.Read(name).GetProperty("document");
            var context = document.Deserialize(DecisionContextJson.Default.DecisionContextV1)!;
            var written = JsonSerializer.SerializeToElement(context, DecisionContextJson.Default.DecisionContextV1);

            JsonElement.DeepEquals(written, document).ShouldBeTrue(name);
            ContractSchemas.DecisionContext.Check(written).ShouldBeEmpty();
        }

        Should.Throw<JsonException>(() => ContractFixtures.Read($"{Context}.invalid.unknown-field.json").GetProperty("document").Deserialize(DecisionContextJson.Default.DecisionContextV1));
    }

    private static string Nested(int depth) => $"{string.Concat(Enumerable.Repeat("{\"a\":", depth - 1))}{{}}{new string('}', depth - 1)}";

    private static IEnumerable<string> Find(string name, string canonical)
    {
        var kind = name.Split('.')[0];
        var faults = kind == Context
            ? ContractSchemas.DecisionContext.Check(JsonElement.Parse(canonical))
            : ContractDocument.Check(Literal.To<ContractKind>(kind), canonical);
        return faults.Select(static fault => $"{fault.Code} {fault.Field}");
    }
}
