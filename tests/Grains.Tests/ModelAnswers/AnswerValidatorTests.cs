using System.Text.Json;
using AwoooP.ModelAnswers;
using AwoooP.Commands;
using AwoooP.Schemas;

namespace AwoooP.Grains.Tests.Answers;

/// <summary>A model that answers from a script.</summary>
public sealed class AnswerValidatorTests
{
    private static readonly JsonSchema Schema = JsonSchema.Of(
        """{"type":"object","additionalProperties":false,"required":["cause","share"],"properties":{"cause":{"type":"string"},"share":{"type":"number","maximum":1}}}"""u8);

    private static readonly JsonElement Rules = JsonElement.Parse("""{"cause":"unknown","share":0}""");

    private readonly List<IReadOnlyList<FieldFault>> _told = [];

    [Fact]
    public async Task Ask_WhenTheFirstAnswerFits_TakesIt()
    {
        var answer = await AskAsync("""{"share":0.5,"cause":"disk"}""");

        answer.Value.GetProperty("cause").GetString().ShouldBe("disk");
        answer.IsDegraded.ShouldBeFalse();
        answer.ErrorCode.ShouldBeNull();
        answer.Attempts.ShouldBe(1);
        _told.ShouldHaveSingleItem().ShouldBeEmpty();
    }

    [Fact]
    public async Task Ask_WhenAnswersDoNotFit_TellsEachRetryWhatWasWrong()
    {
        var answer = await AskAsync("The disk is full.", """{"cause":7,"share":2,"why":"x"}""", """{"cause":"disk"}""", """{"cause":"disk","share":1}""");

        answer.Attempts.ShouldBe(4);
        answer.IsDegraded.ShouldBeFalse();
        _told.Select(static faults => string.Join(", ", faults.Select(static fault => $"{fault.Code} {fault.Field}"))).ShouldBe(
        [
            "", "malformed_json $", "wrong_type $.cause, out_of_range $.share, unknown_field $.why", "missing_field $.share",
        ]);
    }

    [Fact]
    public async Task Ask_WhenNoAnswerFits_AnswersByRulesAndSaysSo()
    {
        var answer = await AskAsync("""{"a":1,"a":2}""", "[]", "null", """{"cause":"disk","share":9}""", """{"cause":"never asked","share":0}""");

        answer.Value.GetProperty("cause").GetString().ShouldBe("unknown");
        answer.IsDegraded.ShouldBeTrue();
        answer.ErrorCode.ShouldBe("E-SCHEMA-001");
        answer.Faults.ShouldHaveSingleItem().Field.ShouldBe("$.share");
        _told.Count.ShouldBe(4);
        _told[1].ShouldHaveSingleItem().Code.ShouldBe("duplicate_key");
    }

    [Fact]
    public async Task Ask_WhenAnAnswerIsTooLarge_IsToldTheBound()
    {
        await AskAsync(new string(' ', AnswerValidator.MaxBytes) + "{}", """{"cause":"disk","share":1}""");

        _told[1].ShouldHaveSingleItem().Bound.ShouldBe("1..262144");
    }

    [Fact]
    public async Task Ask_WhenTheModelIsOut_IsTheCallersFault() => await Should.ThrowAsync<HttpRequestException>(() =>
        AnswerValidator.AskAsync(Schema, static (_, _) => throw new HttpRequestException(), static () => Rules, default));

    [Fact]
    public async Task Ask_WhenCancelled_AsksNoMore()
    {
        using var cancelled = new CancellationTokenSource();
        var asked = 0;

        await Should.ThrowAsync<OperationCanceledException>(() => AnswerValidator.AskAsync(
            Schema,
            (_, _) =>
            {
                asked++;
                cancelled.Cancel();
                return Task.FromResult("no");
            },
            static () => Rules,
            cancelled.Token));

        asked.ShouldBe(1);
    }

    [Fact]
    public async Task Ask_WhenTheRulesDoNotFitEither_IsABug() => await Should.ThrowAsync<InvalidOperationException>(() =>
        AnswerValidator.AskAsync(Schema, static (_, _) => Task.FromResult("no"), static () => JsonElement.Parse("{}"), default));

    private Task<ModelAnswer> AskAsync(params string[] script) => AnswerValidator.AskAsync(
        Schema,
        (faults, _) =>
        {
            _told.Add(faults);
            return Task.FromResult(script[_told.Count - 1]);
        },
        static () => Rules,
        default);
}
