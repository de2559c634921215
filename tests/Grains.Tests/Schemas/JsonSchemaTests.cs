using System.Diagnostics;
using System.Text;
using System.Text.Json;
using AwoooP.Schemas;
using AwoooP.Signing;

namespace AwoooP.Grains.Tests.Schemas;

/// <summary>The dialect that all readers understand alike, what it refuses, and what it says of a value.</summary>
public sealed class JsonSchemaTests
{
    [Theory]
    [InlineData("""{"type":"object","oneOf":[]}""", "schema_keyword_unknown", "$.oneOf")]
    [InlineData("""{"format":"date"}""", "schema_keyword_unknown", "$.format")]
    [InlineData("""{"properties":{"a":{"const":1}}}""", "schema_keyword_unknown", "$.properties.a.const")]
    [InlineData("""{"definitions":{"a":{"default":1}}}""", "schema_keyword_unknown", "$.definitions.a.default")]
    [InlineData("""{"exclusiveMinimum":1}""", "schema_keyword_unknown", "$.exclusiveMinimum")]
    [InlineData("""{"$id":"https://example.com/a"}""", "schema_keyword_unknown", "$.$id")]
    [InlineData("""{"$ref":"https://example.com/a.json"}""", "schema_ref_remote", "$.$ref")]
    [InlineData("""{"items":{"$ref":"file:///etc/passwd#/a"}}""", "schema_ref_remote", "$.items.$ref")]
    [InlineData("""{"$ref":"other.json#/definitions/a"}""", "schema_ref_remote", "$.$ref")]
    [InlineData("""{"$ref":1}""", "schema_ref_remote", "$.$ref")]
    [InlineData("""{"$ref":"#/definitions/none"}""", "schema_ref_unknown", "$.$ref")]
    [InlineData("""{"definitions":{"a":{"$ref":"#/definitions/b"},"b":{"$ref":"#/definitions/a"}}}""", "schema_ref_circular", "$.definitions.a.$ref")]
    [InlineData("""{"$ref":"#"}""", "schema_ref_circular", "$.$ref")]
    [InlineData("""{"$ref":"#/definitions/a","type":"object","definitions":{"a":{}}}""", "schema_ref_not_alone", "$")]
    [InlineData("""{"additionalProperties":true}""", "schema_invalid", "$.additionalProperties")]
    [InlineData("""{"additionalProperties":{}}""", "schema_invalid", "$.additionalProperties")]
    [InlineData("""{"items":[{}]}""", "schema_wrong_type", "$.items")]
    [InlineData("""{"properties":{"a":true}}""", "schema_wrong_type", "$.properties.a")]
    [InlineData("""{"type":"text"}""", "schema_invalid", "$.type")]
    [InlineData("""{"type":[]}""", "schema_invalid", "$.type")]
    [InlineData("""{"required":[]}""", "schema_invalid", "$.required")]
    [InlineData("""{"required":["a","a"]}""", "schema_invalid", "$.required")]
    [InlineData("""{"enum":[]}""", "schema_invalid", "$.enum")]
    [InlineData("""{"minLength":-1}""", "schema_invalid", "$.minLength")]
    [InlineData("""{"maxItems":1.5}""", "schema_invalid", "$.maxItems")]
    [InlineData("""{"minimum":"1"}""", "schema_invalid", "$.minimum")]
    [InlineData("""{"pattern":"("}""", "schema_pattern_invalid", "$.pattern")]
    [InlineData("""{"pattern":"(a)\\1"}""", "schema_pattern_invalid", "$.pattern")]
    [InlineData("""{"pattern":"(?=a)"}""", "schema_pattern_invalid", "$.pattern")]
    [InlineData("""{"pattern":"[]a]"}""", "schema_pattern_invalid", "$.pattern")]
    [InlineData("""{"pattern":"[^]a]"}""", "schema_pattern_invalid", "$.pattern")]
    [InlineData("""{"pattern":"(?i)a"}""", "schema_pattern_invalid", "$.pattern")]
    [InlineData("""{"pattern":"(?<n>a)"}""", "schema_pattern_invalid", "$.pattern")]
    [InlineData("""{"pattern":"\\Aa\\Z"}""", "schema_pattern_invalid", "$.pattern")]
    [InlineData("""{"pattern":"\\bword\\b"}""", "schema_pattern_invalid", "$.pattern")]
    [InlineData("""{"pattern":"\\p{L}"}""", "schema_pattern_invalid", "$.pattern")]
    [InlineData("""{"pattern":"\\u12"}""", "schema_pattern_invalid", "$.pattern")]
    [InlineData("""{"pattern":"a{,2}"}""", "schema_pattern_invalid", "$.pattern")]
    [InlineData("""{"pattern":"{a}"}""", "schema_pattern_invalid", "$.pattern")]
    [InlineData("""{"pattern":"[^]"}""", "schema_pattern_invalid", "$.pattern")]
    [InlineData("""{"pattern":"[a"}""", "schema_pattern_invalid", "$.pattern")]
    [InlineData("""{"pattern":"[\\d-z]"}""", "schema_pattern_invalid", "$.pattern")]
    [InlineData("""{"pattern":"[z-a]"}""", "schema_pattern_invalid", "$.pattern")]
    [InlineData("""{"pattern":"[😀]"}""", "schema_pattern_invalid", "$.pattern")]
    [InlineData("""{"pattern":"a\\"}""", "schema_pattern_invalid", "$.pattern")]
    [InlineData("""{"pattern":"a**"}""", "schema_pattern_invalid", "$.pattern")]
    [InlineData("[]", "schema_wrong_type", "$")]
    public void Read_WhatIsNotOfTheDialect_IsRefusedWithItsPath(string schema, string code, string path)
    {
        JsonSchema.Read(JsonElement.Parse(schema), JsonPath.Root, out var faults).ShouldBeNull();

        faults.Select(static fault => (fault.Code, fault.Field)).ShouldContain((code, path));
    }

    [Theory]
    [InlineData("""{"type":"integer"}""", "1.5", "wrong_type $")]
    [InlineData("""{"type":"integer"}""", "2.0", "")]
    [InlineData("""{"type":["string","null"]}""", "null", "")]
    [InlineData("""{"type":["string","null"]}""", "1", "wrong_type $")]
    [InlineData("""{"enum":["a",{"b":[1]}]}""", """{"b":[1.0]}""", "")]
    [InlineData("""{"enum":["a",1]}""", "\"A\"", "unknown_value $")]
    [InlineData("""{"additionalProperties":false,"properties":{"a":{}},"required":["a"]}""", """{"a":1}""", "")]
    [InlineData("""{"additionalProperties":false,"properties":{"a":{}},"required":["a"]}""", """{"b":1}""", "missing_field $.a, unknown_field $.b")]
    [InlineData("""{"properties":{"a":{"type":"string"}}}""", """{"a":1,"b":1}""", "wrong_type $.a")]
    [InlineData("""{"items":{"minimum":1,"maximum":2}}""", "[1,0.5,2,3]", "out_of_range $[1], out_of_range $[3]")]
    [InlineData("""{"minItems":1,"maxItems":2}""", "[]", "out_of_range $")]
    [InlineData("""{"minItems":1,"maxItems":2}""", "[1,2,3]", "out_of_range $")]
    [InlineData("""{"maxLength":2}""", "\"😀😀\"", "")]
    [InlineData("""{"minLength":2}""", "\"😀\"", "out_of_range $")]
    [InlineData("""{"pattern":"b"}""", "\"abc\"", "")]
    [InlineData("""{"pattern":"^\\d{2}$"}""", "\"12\"", "")]
    [InlineData("""{"pattern":"^\\d{2}$"}""", "\"12\\n\"", "pattern_mismatch $")]
    [InlineData("""{"pattern":"^\\d{2}$"}""", "\"١٢\"", "pattern_mismatch $")]
    [InlineData("""{"pattern":"^[$\\w]+$"}""", "\"a$b\"", "")]
    [InlineData("""{"pattern":"^[a-z-[aeiou]]$"}""", "\"a]\"", "")]
    [InlineData("""{"pattern":"^[a-z-[aeiou]]$"}""", "\"b\"", "pattern_mismatch $")]
    [InlineData("""{"pattern":"^[+-.a]*-[a-]$"}""", "\"+,-.a--\"", "")]
    [InlineData("""{"pattern":"^[\\D]$"}""", "\"١\"", "")]
    [InlineData("""{"pattern":"^[^\\W\\d]+$"}""", "\"ab_\"", "")]
    [InlineData("""{"pattern":"^[^\\W\\d]+$"}""", "\"é\"", "pattern_mismatch $")]
    [InlineData("""{"pattern":"^\\s$"}""", "\"\\ufeff\"", "")]
    [InlineData("""{"pattern":"^\\s$"}""", "\"\\u0085\"", "pattern_mismatch $")]
    [InlineData("""{"pattern":"^\\S$"}""", "\"\\u00a0\"", "pattern_mismatch $")]
    [InlineData("""{"pattern":"^.$"}""", "\"\\u2028\"", "pattern_mismatch $")]
    [InlineData("""{"pattern":"^(?:a|\\x62|\\u0063){2,}?\\.$"}""", "\"abc.\"", "")]
    [InlineData("""{"pattern":"^a#b c\\/$"}""", "\"a#b c/\"", "")]
    [InlineData("""{"type":"string"}""", "7", "wrong_type $")]
    [InlineData("""{"$defs":{"t":{"properties":{"next":{"$ref":"#"},"v":{"type":"number"}}}},"properties":{"next":{"$ref":"#/$defs/t"}}}""",
        """{"next":{"v":1,"next":{"next":{"v":"x"}}}}""", "wrong_type $.next.next.next.v")]
    [InlineData("""{"definitions":{"a/b~c":{"type":"null"}},"items":{"$ref":"#/definitions/a~1b~0c"}}""", "[null,1]", "wrong_type $[1]")]
    public void Check_AValue_NamesThePathOfEachFault(string schema, string value, string expected)
    {
        var read = JsonSchema.Read(JsonElement.Parse(schema), JsonPath.Root, out var faults).ShouldNotBeNull(string.Join(", ", faults));

        string.Join(", ", read.Check(JsonElement.Parse(value)).Select(static fault => $"{fault.Code} {fault.Field}")).ShouldBe(expected);
    }

    [Fact]
    public void Check_OutOfBounds_NamesTheBound() =>
        JsonSchema.Of("""{"properties":{"a":{"minimum":0.5},"b":{"maxLength":3},"c":{"enum":["x","y"]}}}"""u8)
            .Check(JsonElement.Parse("""{"a":0,"b":"four","c":"z"}""")).Select(static fault => fault.Bound).ShouldBe(["0.5..", "..3", "x, y"]);

    [Fact]
    public void Check_AValueThatIsWrongEverywhere_TellsTheFirstFifty() =>
        JsonSchema.Of("""{"items":{"type":"string"}}"""u8).Check(JsonElement.Parse($"[{string.Join(',', Enumerable.Range(0, 1000))}]")).Count.ShouldBe(50);

    [Fact]
    public void Read_TooDeepOrTooLarge_IsRefused()
    {
        JsonSchema.Read(JsonElement.Parse($"{string.Concat(Enumerable.Repeat("{\"items\":", 32))}{{}}{new string('}', 32)}"), JsonPath.Root, out var deep).ShouldBeNull();
        deep.ShouldHaveSingleItem().Code.ShouldBe("schema_too_deep");

        var wide = new StringBuilder("{\"properties\":{").AppendJoin(',', Enumerable.Range(0, 1000).Select(static n => $"\"p{n}\":{{}}")).Append("}}").ToString();
        JsonSchema.Read(JsonElement.Parse(wide), JsonPath.Root, out var large).ShouldBeNull();
        large[0].Code.ShouldBe("schema_too_large");

        JsonSchema.Read(JsonElement.Parse($$"""{"pattern":"{{new string('a', 513)}}"}"""), JsonPath.Root, out var pattern).ShouldBeNull();
        pattern.ShouldHaveSingleItem().Code.ShouldBe("schema_pattern_too_long");
    }

    /// <summary>The place of each part is told only where one is wrong.</summary>
    [Fact]
    public void Check_ALongNameAndManyItems_TakesSpaceInProportionToTheValue()
    {
        var name = new string('n', 50_000);
        var schema = JsonSchema.Of(Encoding.UTF8.GetBytes("{\"properties\":{\"" + name + "\":{\"items\":{\"minimum\":0}}}}"));
        var value = JsonElement.Parse($$"""{"{{name}}":[{{string.Join(',', Enumerable.Repeat(0, 50_000))}}]}""");
        var before = GC.GetAllocatedBytesForCurrentThread();

        schema.Check(value).ShouldBeEmpty();

        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBeLessThan(100_000_000);
    }

    /// <summary>The classic of machines that try again: with them the time doubles with every letter.</summary>
    [Fact]
    public void Check_APatternMadeToTakeForEver_TakesLinearTime()
    {
        var schema = JsonSchema.Of("""{"pattern":"^(a+)+$"}"""u8);
        var watch = Stopwatch.StartNew();

        schema.Check(JsonElement.Parse($"\"{new string('a', 20_000)}!\"")).ShouldHaveSingleItem().Code.ShouldBe("pattern_mismatch");

        watch.Elapsed.ShouldBeLessThan(TimeSpan.FromSeconds(20));
    }
}
