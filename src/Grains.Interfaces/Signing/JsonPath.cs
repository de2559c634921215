using System.Text;

namespace AwoooP.Signing;

/// <summary>
/// Where a value stands in a JSON document, e.g. <c>$.tools[3].name</c>. One is made for every value that is looked at, so it holds its last part and the
/// place that leads to it. The text, which can be as long as the document, is made only where it is told.
/// </summary>
public sealed class JsonPath
{
    /// <summary>Characters of a name that are shown; the others are cut off.</summary>
    private const int MaxName = 128;

    private readonly JsonPath? _parent;
    private readonly string? _name;
    private readonly int _index;

    private JsonPath(JsonPath? parent, string? name, int index)
    {
        _parent = parent;
        _name = name;
        _index = index;
    }

    /// <summary>The document itself: <c>$</c>.</summary>
    public static JsonPath Root { get; } = new(null, null, 0);

    public JsonPath Member(string name) => new(this, name, 0);

    public JsonPath Item(int index) => new(this, null, index);

    public override string ToString()
    {
        var text = new StringBuilder();
        AppendTo(text);
        return text.ToString();
    }

    /// <summary>As deep as the document was allowed to be when it was read.</summary>
    private void AppendTo(StringBuilder text)
    {
        if (_parent is null)
        {
            text.Append('$');
            return;
        }

        _parent.AppendTo(text);
        _ = _name is null ? text.Append('[').Append(_index).Append(']') : text.Append('.').Append(Shown(_name));
    }

    private static string Shown(string name) =>
        name.Length <= MaxName ? name : $"{name[..(char.IsHighSurrogate(name[MaxName - 1]) ? MaxName - 1 : MaxName)]}…";
}
