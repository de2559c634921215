using AwoooP.Redaction;

namespace AwoooP.Client.Intake;

/// <summary>A text without secrets in it.</summary>
/// <param name="NamesSecret">As the name of a label, it tells that the label's value is a secret.</param>
internal readonly record struct CleanText(string Text, bool NamesSecret)
{
    public static CleanText Of(string text) => new(text, Redactor.NamesSecret(text));
}
