using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace AwoooP.Schemas;

/// <summary>
/// Patterns of a schema. They are matched in time linear to the text, so no text can keep a silo busy. Only what is listed here is taken, and written anew as
/// .NET reads it; everything else, such as look-around, back references, options, Unicode categories or word boundaries, means different things to different
/// readers, or needs more than a linear machine.
/// </summary>
internal sealed class EcmaPattern
{
    private const string Digits = "0-9";
    private const string NoDigits = @"\u0000-\u002F\u003A-\uFFFF";
    private const string Word = "A-Za-z0-9_";
    private const string NoWord = @"\u0000-\u002F\u003A-\u0040\u005B-\u005E\u0060\u007B-\uFFFF";

    /// <summary>White space and line terminators of ECMA-262, which are not those of .NET.</summary>
    private const string Space = @"\u0009-\u000D\u0020\u00A0\u1680\u2000-\u200A\u2028\u2029\u202F\u205F\u3000\uFEFF";
    private const string NoSpace =
        @"\u0000-\u0008\u000E-\u001F\u0021-\u009F\u00A1-\u167F\u1681-\u1FFF\u200B-\u2027\u202A-\u202E\u2030-\u205E\u2060-\u2FFF\u3001-\uFEFE\uFF00-\uFFFF";

    /// <summary>Characters that an escape makes literal.</summary>
    private const string Syntax = @"^$\.*+?()[]{}|/-";

    private readonly string _pattern;
    private readonly StringBuilder _text;
    private int _at;

    private EcmaPattern(string pattern)
    {
        _pattern = pattern;
        _text = new StringBuilder(pattern.Length + 16);
    }

    /// <exception cref="ArgumentException">It is no pattern, or none that all readers understand alike.</exception>
    /// <exception cref="NotSupportedException">It needs more than a linear machine, or too large a one.</exception>
    public static Regex Compile(string pattern) => new(new EcmaPattern(pattern).ToDotNet(), RegexOptions.NonBacktracking | RegexOptions.CultureInvariant);

    private string ToDotNet()
    {
        while (_at < _pattern.Length)
        {
            var c = _pattern[_at++];
            _ = c switch
            {
                '[' => Class(),
                '\\' => Escape(),
                '(' => Group(),
                '{' => Count(),
                '.' => _text.Append(@"[^\n\r\u2028\u2029]"),
                '$' => _text.Append(@"\z"),
                '^' or '|' or ')' or '*' or '+' or '?' => _text.Append(c),
                _ => Literal(c),
            };
        }

        return _text.ToString();
    }

    private StringBuilder Literal(char c) => char.IsAsciiLetterOrDigit(c) ? _text.Append(c) : _text.Append(@"\u").Append(((int)c).ToString("X4", CultureInfo.InvariantCulture));

    private StringBuilder Group()
    {
        if (Next() != '?')
            return _text.Append('(');
        if (!_pattern.AsSpan(_at).StartsWith("?:"))
            throw Refused();
        _at += 2;
        return _text.Append("(?:");
    }

    /// <summary>A repetition; a brace that begins none is read in two ways.</summary>
    private StringBuilder Count()
    {
        var end = _pattern.IndexOf('}', _at);
        if (end < 0 || _pattern[_at..end].Split(',', 3) is not [var least, .. var most] || !IsNumber(least) || !most.All(static text => text.Length == 0 || IsNumber(text)) || most.Length > 1)
            throw Refused();

        _text.Append('{').Append(_pattern, _at, end - _at).Append('}');
        _at = end + 1;
        return _text;
    }

    private static bool IsNumber(string text) => text.Length is >= 1 and <= 9 && text.All(char.IsAsciiDigit);

    private StringBuilder Escape() => Set() is { } set ? _text.Append('[').Append(set).Append(']') : Literal(Character());

    private StringBuilder Class()
    {
        _text.Append('[');
        if (Next() == '^')
        {
            _at++;
            _text.Append('^');
        }

        // In ECMA-262 a class may be empty; elsewhere the bracket is then a member.
        if (Next() == ']')
            throw Refused();

        while (Next() != ']')
            Member();
        _at++;
        return _text.Append(']');
    }

    /// <summary>A set, a character, or a range between two characters.</summary>
    private void Member()
    {
        var set = ClassAtom(out var first);
        var isRange = Next() == '-' && _at + 1 < _pattern.Length && _pattern[_at + 1] != ']';
        if (set is not null)
        {
            if (isRange)
                throw Refused();
            _text.Append(set);
            return;
        }

        Literal(first);
        if (!isRange)
            return;

        _at++;
        if (ClassAtom(out var last) is not null)
            throw Refused();
        _text.Append('-');
        Literal(last);
    }

    /// <returns>A set, or null when it is one character.</returns>
    private string? ClassAtom(out char character)
    {
        character = Next() ?? throw Refused();
        _at++;
        // One character for some readers, two for others.
        if (char.IsSurrogate(character))
            throw Refused();
        if (character != '\\')
            return null;

        var set = Set();
        if (set is null)
            character = Character();
        return set;
    }

    /// <summary>What stands behind a backslash, when it is a set of characters; else nothing is read.</summary>
    private string? Set()
    {
        string? set = Next() switch
        {
            'd' => Digits,
            'D' => NoDigits,
            'w' => Word,
            'W' => NoWord,
            's' => Space,
            'S' => NoSpace,
            _ => null,
        };
        if (set is not null)
            _at++;
        return set;
    }

    /// <summary>The one character that stands behind a backslash.</summary>
    private char Character()
    {
        var c = Next() ?? throw Refused();
        _at++;
        return c switch
        {
            't' => '\t',
            'n' => '\n',
            'v' => '\v',
            'f' => '\f',
            'r' => '\r',
            'x' => Hex(2),
            'u' => Hex(4),
            _ when Syntax.Contains(c, StringComparison.Ordinal) => c,
            _ => throw Refused(),
        };
    }

    private char Hex(int digits)
    {
        if (_at + digits > _pattern.Length || !ushort.TryParse(_pattern.AsSpan(_at, digits), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var code))
            throw Refused();
        _at += digits;
        return (char)code;
    }

    private char? Next() => _at < _pattern.Length ? _pattern[_at] : null;

    private ArgumentException Refused() => new($"At {_at}, the pattern is not one that all readers understand alike.");
}
