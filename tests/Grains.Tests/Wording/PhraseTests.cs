using System.Reflection;
using System.Text.RegularExpressions;
using AwoooP.Contracts;
using AwoooP.Runs;
using AwoooP.Wording;

namespace AwoooP.Grains.Tests.Wording;

public sealed class PhraseTests
{
    private static readonly IReadOnlyDictionary<string, string> English = PhraseBook.Of(Language.English).Texts;
    private static readonly IReadOnlyDictionary<string, string> Chinese = PhraseBook.Of(Language.TraditionalChinese).Texts;

    [Fact]
    public void BothLanguages_HaveTheSameTextsWithTheSamePlaces()
    {
        Chinese.Keys.ShouldBe(English.Keys, ignoreOrder: true);
        foreach (var (key, text) in English)
        {
            Places(Chinese[key]).ShouldBe(Places(text), ignoreOrder: true, key);
            if (text != "{reason:code}" && text != "{error:code} {reason:code}")
                Chinese[key].Any(c => c is >= '\u4e00' and <= '\u9fff').ShouldBeTrue(key);
        }
    }

    [Fact]
    public void EveryErrorOfARun_IsToldInWords()
    {
        foreach (var code in typeof(RunErrors).GetFields(BindingFlags.Public | BindingFlags.Static).Select(field => (string)field.GetValue(null)!))
        {
            CodeWords.Of(code, Language.English).ShouldNotBe(code);
            CodeWords.Of(code, Language.TraditionalChinese).ShouldNotBe(code);
        }
    }

    [Theory]
    [InlineData(ContractRefusals.SignatureInvalid)]
    [InlineData(ContractRefusals.KeyUnknown)]
    [InlineData(ContractRefusals.KeyOfAnotherProject)]
    [InlineData(ContractRefusals.KeyUnavailable)]
    public void EveryReasonForAnUnusableContract_IsToldInWords(string code)
    {
        CodeWords.Of(code, Language.English).ShouldNotBe(code);
        CodeWords.Of(code, Language.TraditionalChinese).ShouldNotBe(code);
    }

    [Theory]
    [InlineData("exit_code_3", "The program ended with exit code 3.")]
    [InlineData("http_502", "The server answered HTTP 502.")]
    [InlineData("prometheus_timed_out", "Prometheus could not be asked (timed_out).")]
    [InlineData("model_cost_over_limit_0.385_of_0.25", "One call may cost 0.385 US dollars; the agent's contract allows 0.25 (max_cost_usd).")]
    [InlineData("model_cost_over_run_limit_0.7_of_0.5", "One call may cost 0.7 US dollars; the run, or its incident, may cost 0.5 in all.")]
    [InlineData("model_tokens_over_run_limit_1200_of_1000", "One call may take 1200 tokens; the run, or its incident, may take 1000 in all.")]
    [InlineData("dreaming_1_of_2", "dreaming_1_of_2")]
    [InlineData("alert_not_firing", "The alert no longer fires.")]
    [InlineData("dreaming", "dreaming")]
    [InlineData("Not before the sale is over.", "Not before the sale is over.")]
    public void Code_InWords_IsASentenceOrItself(string code, string words) => CodeWords.Of(code, Language.English).ShouldBe(words);

    [Fact]
    public void Phrase_Filled_TellsItsCodesInWords()
    {
        var phrase = RunCauseText.Of(new RunCause(RunErrors.DryRunFailed, new StepInTheWay(2, "Call it", "origin_not_allowed")));

        phrase.InEnglish().ShouldBe(
            "The dry run found a step that cannot be carried out; nothing was executed. Step 2 'Call it': "
            + "The address is not at an origin that steps may call (Integrations:Outbound:AllowedOrigins).");
        phrase.In(Language.TraditionalChinese).ShouldBe(
            "試跑發現有步驟無法執行，未執行任何步驟。步驟 2「Call it」：位址的來源不在步驟可呼叫的清單中（Integrations:Outbound:AllowedOrigins）。");
    }

    [Fact]
    public void Phrase_OfALaterBuild_HasNoText() => Phrase.Of("not_thought_of_yet").In(Language.English).ShouldBeNull();

    /// <summary>A value is data: what looks like a place in it stays as it is.</summary>
    [Fact]
    public void Value_ThatLooksLikeAPlace_IsNotFilled() =>
        Phrase.Of("incident_opened", ("alert", "{target}"), ("target", "web")).InEnglish().ShouldBe("Incident opened: {target} on web");

    private static List<string> Places(string text) => [.. Regex.Matches(text, @"\{[^}]*\}").Select(match => match.Value).Order(StringComparer.Ordinal)];
}
