using System.Text;
using System.Text.Json;
using AwoooP.Commands;
using AwoooP.Redaction;
using AwoooP.Schemas;
using AwoooP.Signing;

namespace AwoooP.Contracts;

/// <summary>The text of a contract, brought into its canonical form and looked at.</summary>
internal static class ContractDocument
{
    /// <summary>What must hold of any draft, since it enters the log: it is JSON with one meaning, not too large, and holds no secret.</summary>
    /// <param name="text">As it was sent.</param>
    /// <param name="faults">Why it is not taken; empty when it is.</param>
    /// <returns>The canonical form; null when it is not taken.</returns>
    public static string? Accept(string text, out IReadOnlyList<FieldFault> faults)
    {
        var found = new List<FieldFault>();
        faults = found;
        var bytes = Encoding.UTF8.GetBytes(text);
        // Before anything is made of it.
        if (bytes.Length > ContractLimits.MaxTextBytes)
        {
            found.Add(TooLarge($"A contract has at most {ContractLimits.MaxTextBytes} bytes as it is written.", ContractLimits.MaxTextBytes));
            return null;
        }

        byte[] canonical;
        try
        {
            canonical = CanonicalJson.Of(bytes);
        }
        catch (CanonicalJsonException fault)
        {
            found.Add(new FieldFault(fault.Path, fault.Code, fault.Reason));
            return null;
        }

        if (canonical.Length > ContractLimits.MaxDocumentBytes)
        {
            found.Add(TooLarge($"A contract has at most {ContractLimits.MaxDocumentBytes} bytes in canonical form.", ContractLimits.MaxDocumentBytes));
            return null;
        }

        var root = JsonElement.Parse(canonical);
        if (root.ValueKind != JsonValueKind.Object)
            found.Add(new FieldFault("$", "wrong_type", "A contract is an object."));
        FindTexts(root, "", JsonPath.Root, 1, found);
        return found.Count == 0 ? Encoding.UTF8.GetString(canonical) : null;
    }

    /// <summary>What publishing holds against a document in canonical form: its kind's schema, and every schema within it.</summary>
    public static IReadOnlyList<FieldFault> Check(ContractKind kind, string canonical)
    {
        var document = JsonElement.Parse(canonical);
        var faults = ContractSchemas.Of(kind).Check(document);
        return faults.Count > 0 ? faults : [.. ContractSchemas.Within(kind, document).SelectMany(static held => Check(held.Schema, held.Path)).Take(SchemaLimits.MaxFaults)];
    }

    private static FieldFault TooLarge(string message, int bytes) => new("$", "document_too_large", message, $"1..{bytes}");

    private static IReadOnlyList<FieldFault> Check(JsonElement schema, JsonPath path)
    {
        JsonSchema.Read(schema, path, out var faults);
        return faults;
    }

    /// <param name="name">Of the nearest member, which tells what a text is: many secrets look like nothing.</param>
    private static void FindTexts(JsonElement value, string name, JsonPath path, int depth, List<FieldFault> found)
    {
        if (found.Count >= SchemaLimits.MaxFaults)
            return;

        switch (value.ValueKind)
        {
            case JsonValueKind.Object or JsonValueKind.Array when depth > ContractLimits.MaxDepth:
                found.Add(new FieldFault(
                    path.ToString(), "document_too_deep", $"A contract is nested at most {ContractLimits.MaxDepth} deep.", $"1..{ContractLimits.MaxDepth}"));
                break;
            case JsonValueKind.Object:
                foreach (var member in value.EnumerateObject())
                {
                    CheckText("", member.Name, path, found);
                    FindTexts(member.Value, member.Name, path.Member(member.Name), depth + 1, found);
                }

                break;
            case JsonValueKind.Array:
                foreach (var (index, item) in value.EnumerateArray().Index())
                    FindTexts(item, name, path.Item(index), depth + 1, found);
                break;
            case JsonValueKind.String:
                CheckText(name, value.GetString()!, path, found);
                break;
        }
    }

    private static void CheckText(string name, string text, JsonPath path, List<FieldFault> found)
    {
        if (text.Contains('\0', StringComparison.Ordinal))
            found.Add(new FieldFault(path.ToString(), "nul_character", "The text has the character U+0000."));
        else if (!ReferenceEquals(Redactor.Redact(name, text), text))
            found.Add(new FieldFault(path.ToString(), "secret_in_contract", "The text holds a secret or personal data; name a secret by its reference."));
    }
}
