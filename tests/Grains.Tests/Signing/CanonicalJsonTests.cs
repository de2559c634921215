using System.Text;
using System.Text.Json.Nodes;
using AwoooP.Signing;

namespace AwoooP.Grains.Tests.Signing;

/// <summary>RFC 8785: the examples of its text and the numbers of its appendix B.</summary>
public sealed class CanonicalJsonTests
{
    [Fact]
    public void Of_TheExampleOfTheText_IsItsCanonicalForm() => Canonical(
        """
        {
          "numbers": [333333333.33333329, 1E30, 4.50, 2e-3, 0.000000000000000000000000001],
          "string": "\u20ac$\u000F\u000aA'\u0042\u0022\u005c\\\"\/",
          "literals": [null, true, false]
        }
        """).ShouldBe(
        """{"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27],"string":"€$\u000f\nA'B\"\\\\\"/"}""");

    [Fact]
    public void Of_TheExampleOfSorting_OrdersByUtf16CodeUnits() => Canonical(
        """
        {
          "\u20ac": "Euro Sign",
          "\r": "Carriage Return",
          "\ufb33": "Hebrew Letter Dalet With Dagesh",
          "1": "One",
          "\ud83d\ude00": "Emoji: Grinning Face",
          "\u0080": "Control",
          "\u00f6": "Latin Small Letter O With Diaeresis"
        }
        """).ShouldBe(
        "{\"\\r\":\"Carriage Return\",\"1\":\"One\",\"\u0080\":\"Control\",\"ö\":\"Latin Small Letter O With Diaeresis\",\"€\":\"Euro Sign\","
        + "\"😀\":\"Emoji: Grinning Face\",\"\ufb33\":\"Hebrew Letter Dalet With Dagesh\"}");

    /// <summary>Appendix B: the bits of a double, and what ECMAScript writes for it.</summary>
    [Theory]
    [InlineData(0x0000000000000000UL, "0")]
    [InlineData(0x8000000000000000UL, "0")]
    [InlineData(0x0000000000000001UL, "5e-324")]
    [InlineData(0x8000000000000001UL, "-5e-324")]
    [InlineData(0x7fefffffffffffffUL, "1.7976931348623157e+308")]
    [InlineData(0xffefffffffffffffUL, "-1.7976931348623157e+308")]
    [InlineData(0x4340000000000000UL, "9007199254740992")]
    [InlineData(0xc340000000000000UL, "-9007199254740992")]
    [InlineData(0x4430000000000000UL, "295147905179352830000")]
    [InlineData(0x44b52d02c7e14af5UL, "9.999999999999997e+22")]
    [InlineData(0x44b52d02c7e14af6UL, "1e+23")]
    [InlineData(0x44b52d02c7e14af7UL, "1.0000000000000001e+23")]
    [InlineData(0x444b1ae4d6e2ef4eUL, "999999999999999700000")]
    [InlineData(0x444b1ae4d6e2ef4fUL, "999999999999999900000")]
    [InlineData(0x444b1ae4d6e2ef50UL, "1e+21")]
    [InlineData(0x3eb0c6f7a0b5ed8cUL, "9.999999999999997e-7")]
    [InlineData(0x3eb0c6f7a0b5ed8dUL, "0.000001")]
    [InlineData(0x41b3de4355555553UL, "333333333.3333332")]
    [InlineData(0x41b3de4355555554UL, "333333333.33333325")]
    [InlineData(0x41b3de4355555555UL, "333333333.3333333")]
    [InlineData(0x41b3de4355555556UL, "333333333.3333334")]
    [InlineData(0x41b3de4355555557UL, "333333333.33333343")]
    [InlineData(0xbecbf647612f3696UL, "-0.0000033333333333333333")]
    [InlineData(0x43143ff3c1cb0959UL, "1424953923781206.2")]
    public void Of_TheNumbersOfAppendixB_AreAsEcmaScriptWritesThem(ulong bits, string written)
    {
        var value = BitConverter.UInt64BitsToDouble(bits);
        var text = new StringBuilder();

        EcmaScriptNumber.Append(text, value);

        text.ToString().ShouldBe(written);
        if (bits != 0x8000000000000000)
            Canonical(value.ToString("R", System.Globalization.CultureInfo.InvariantCulture)).ShouldBe(written);
    }

    [Theory]
    [InlineData("[1.0, -0, 1e2, 0.1e1, 100000000000000000000, 1e-7]", "[1,0,100,1,100000000000000000000,1e-7]")]
    [InlineData("""{"b":{"z":1,"a":2},"a":[]}""", """{"a":[],"b":{"a":2,"z":1}}""")]
    [InlineData("""["\u007f\u001f\u2028","/"]""", "[\"\u007f\\u001f\u2028\",\"/\"]")]
    [InlineData("{}", "{}")]
    [InlineData(" \"x\" ", "\"x\"")]
    public void Of_OtherTexts_AreInTheOneForm(string json, string canonical) => Canonical(json).ShouldBe(canonical);

    [Theory]
    [InlineData("""{"a":1,"a":1}""", "duplicate_key", "$.a")]
    [InlineData("""{"b":[{"a":1,"\u0061":2}]}""", "duplicate_key", "$.b[0].a")]
    [InlineData("""{"a":"\ud800"}""", "lone_surrogate", "$.a")]
    [InlineData("""{"\udc00":1}""", "lone_surrogate", "$")]
    [InlineData("[1e400]", "number_out_of_range", "$[0]")]
    [InlineData("[-1e400]", "number_out_of_range", "$[0]")]
    [InlineData("[NaN]", "malformed_json", "$")]
    [InlineData("[Infinity]", "malformed_json", "$")]
    [InlineData("{'a':1}", "malformed_json", "$")]
    [InlineData("[1,]", "malformed_json", "$")]
    [InlineData("{} {}", "malformed_json", "$")]
    [InlineData("// no\n{}", "malformed_json", "$")]
    [InlineData("", "malformed_json", "$")]
    public void Of_WhatTwoReadersMayReadDifferently_IsRefused(string json, string code, string path)
    {
        var fault = Should.Throw<CanonicalJsonException>(() => Canonical(json));

        fault.Code.ShouldBe(code);
        fault.Path.ShouldBe(path);
    }

    [Fact]
    public void Of_BytesThatAreNotUtf8_IsRefused() =>
        Should.Throw<CanonicalJsonException>(() => CanonicalJson.Of((ReadOnlyMemory<byte>)new byte[] { (byte)'"', 0xED, 0xA0, 0x80, (byte)'"' }));

    [Fact]
    public void Of_TooDeep_IsRefused()
    {
        Canonical(Nested(CanonicalJson.MaxDepth)).Length.ShouldBe(2 * CanonicalJson.MaxDepth);
        Should.Throw<CanonicalJsonException>(() => Canonical(Nested(CanonicalJson.MaxDepth + 1))).Code.ShouldBe("malformed_json");
    }

    /// <summary>As plans of playbooks are hashed: a node made in memory has the same form as its text.</summary>
    [Fact]
    public void Of_ANode_IsTheFormOfItsText() => Encoding.UTF8.GetString(CanonicalJson.Of(new JsonObject
    {
        ["steps"] = new JsonArray(new JsonObject { ["timeout_seconds"] = 60, ["name"] = "重啟 \"web\" <b>" }, 0.5, 3.0, null),
        ["playbook_id"] = "PB-1",
        ["big"] = long.MaxValue / 4096,
    })).ShouldBe("""{"big":2251799813685247,"playbook_id":"PB-1","steps":[{"name":"重啟 \"web\" <b>","timeout_seconds":60},0.5,3,null]}""");

    private static string Nested(int depth) => new string('[', depth) + new string(']', depth);

    /// <summary>The place of each value is told only where one is refused.</summary>
    [Fact]
    public void Of_ALongNameAndManyValues_TakesSpaceInProportionToTheText()
    {
        var json = Encoding.UTF8.GetBytes($$"""{"{{new string('n', 50_000)}}":[{{string.Join(',', Enumerable.Repeat(0, 50_000))}}]}""");
        var before = GC.GetAllocatedBytesForCurrentThread();

        CanonicalJson.Of(json);

        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBeLessThan(100_000_000);
    }

    [Fact]
    public void Path_WithALongName_ShowsItsBeginning() =>
        JsonPath.Root.Member(new string('n', 200)).Item(3).Member("a").ToString().ShouldBe($"$.{new string('n', 128)}…[3].a");

    private static string Canonical(string json) => Encoding.UTF8.GetString(CanonicalJson.Of(Encoding.UTF8.GetBytes(json)));
}
