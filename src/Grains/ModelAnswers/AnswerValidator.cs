using System.Text;
using System.Text.Json;
using AwoooP.Commands;
using AwoooP.Schemas;
using AwoooP.Signing;

namespace AwoooP.ModelAnswers;

/// <summary>
/// Holds a model's answers against the schema that it must answer in: one attempt and up to three more, each told what was wrong with the one before.
/// After that the caller's rule-based answer stands, marked degraded.
/// </summary>
public static class AnswerValidator
{
    /// <summary>No answer of the model was what its schema says.</summary>
    public const string SchemaFailed = "E-SCHEMA-001";

    /// <summary>Bytes of an answer that is looked at.</summary>
    public const int MaxBytes = 256 * 1024;

    private const int MaxAttempts = 4;

    /// <param name="schema">What the answer must be.</param>
    /// <param name="ask">Calls the model; what it throws is the caller's, since an outage is no wrong answer.</param>
    /// <param name="ruleBased">What to answer without a model.</param>
    /// <param name="cancellationToken">Ends it between two attempts and within one.</param>
    /// <exception cref="InvalidOperationException">The rule-based answer is not what the schema says either: a bug of the caller.</exception>
    public static async Task<ModelAnswer> AskAsync(JsonSchema schema, AskModel ask, Func<JsonElement> ruleBased, CancellationToken cancellationToken)
    {
        IReadOnlyList<FieldFault> faults = [];
        for (var attempt = 1; attempt <= MaxAttempts; attempt++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var answer = await ask(faults, cancellationToken);
            if (Read(schema, answer, out faults) is { } value)
            {
                AnswerTelemetry.Taken(attempt == 1 ? "valid" : "corrected");
                return new ModelAnswer(value, attempt, null, []);
            }
        }

        AnswerTelemetry.Taken("degraded");
        var rules = ruleBased();
        return schema.Check(rules) is [var wrong, ..]
            ? throw new InvalidOperationException($"The rule-based answer is not what its schema says: {wrong.Field}: {wrong.Message}")
            : new ModelAnswer(rules, MaxAttempts, SchemaFailed, faults);
    }

    private static JsonElement? Read(JsonSchema schema, string answer, out IReadOnlyList<FieldFault> faults)
    {
        if (Encoding.UTF8.GetByteCount(answer) > MaxBytes)
        {
            faults = [new FieldFault("$", "answer_too_large", $"An answer has at most {MaxBytes} bytes.", $"1..{MaxBytes}")];
            return null;
        }

        try
        {
            // Read as contracts are: what two readers could understand differently is no answer.
            var value = JsonElement.Parse(CanonicalJson.Of(Encoding.UTF8.GetBytes(answer)));
            faults = schema.Check(value);
            return faults.Count == 0 ? value : null;
        }
        catch (CanonicalJsonException fault)
        {
            faults = [new FieldFault(fault.Path, fault.Code, fault.Reason)];
            return null;
        }
    }
}

/// <summary>Asks the model once.</summary>
/// <param name="faults">What was wrong with its answer before; none the first time.</param>
/// <param name="cancellationToken">Ends the call.</param>
/// <returns>The answer as text, which must be JSON.</returns>
public delegate Task<string> AskModel(IReadOnlyList<FieldFault> faults, CancellationToken cancellationToken);
