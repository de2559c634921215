using System.Buffers.Text;
using System.Text;
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
    [InlineData("2")]
    [InlineData("21.0")]
    [InlineData("21.0.")]
    [InlineData("11.0.a")]
    [InlineData("2zz.0.a")]
    [InlineData("21.zz.a")]
    [InlineData("2ffffffffffffffff.0.a")]
    [InlineData("27fffffffffffffff.0.a")]
    [InlineData("21.0.\0a")]
    public void Parse_OfAnythingElse_IsRefused(string plain) =>
        Should.Throw<InvalidCursorException>(() => Cursor.Parse(Base64Url.EncodeToString(Encoding.UTF8.GetBytes(plain))));

    [Theory]
    [InlineData("x")]
    [InlineData("!!")]
    [InlineData("_____w")]
    public void Parse_OfWhatIsNoBase64UrlOfText_IsRefused(string text) => Should.Throw<InvalidCursorException>(() => Cursor.Parse(text));

    [Fact]
    public void QuestionOf_OtherListOrFilter_IsAnother()
    {
        var failed = Cursor.QuestionOf(typeof(RunRow), new RunFilter(Kind: "repair"));

        failed.ShouldBe(Cursor.QuestionOf(typeof(RunRow), new RunFilter(Kind: "repair")));
        failed.ShouldNotBe(Cursor.QuestionOf(typeof(RunRow), new RunFilter()));
        failed.ShouldNotBe(Cursor.QuestionOf(typeof(IncidentRow), new RunFilter(Kind: "repair")));
    }

    [Fact]
    public void Parse_OfATextTooLong_IsRefused() => Should.Throw<InvalidCursorException>(() => Cursor.Parse(new string('A', 4000)));

    [Theory]
    [InlineData(0)]
    [InlineData(201)]
    [InlineData(-1)]
    public void PageRequest_OutOfBounds_IsRefused(int limit) => Should.Throw<ArgumentOutOfRangeException>(() => new PageRequest(limit: limit));
}
