using AwoooP.Records.Reading;

namespace AwoooP.Records.Tests.Queries;

public sealed class CursorTests
{
    [Theory]
    [InlineData("INC-20260301-AAAAAA")]
    [InlineData("a.b")]
    [InlineData("值")]
    public void Parse_OfItsOwnText_GivesTheSameCursor(string id)
    {
        var cursor = new Cursor(new DateTimeOffset(2026, 3, 1, 9, 0, 0, TimeSpan.Zero).AddMicroseconds(7), id);

        Cursor.Parse(cursor.ToString()).ShouldBe(cursor);
    }

    [Theory]
    [InlineData("")]
    [InlineData("x")]
    [InlineData("!!")]
    [InlineData("MQ")]
    [InlineData("MS5h")]
    [InlineData("MXp6LmE")]
    [InlineData("_____w")]
    [InlineData("MWZmZmZmZmZmZmZmZmZmZmYuYQ")]
    [InlineData("MTEuAGE")]
    public void Parse_OfAnythingElse_IsRefused(string text) => Should.Throw<InvalidCursorException>(() => Cursor.Parse(text));

    [Fact]
    public void Parse_OfATextTooLong_IsRefused() => Should.Throw<InvalidCursorException>(() => Cursor.Parse(new string('A', 4000)));

    [Theory]
    [InlineData(0)]
    [InlineData(201)]
    [InlineData(-1)]
    public void PageRequest_OutOfBounds_IsRefused(int limit) => Should.Throw<ArgumentOutOfRangeException>(() => new PageRequest(limit: limit));
}
