using System.Text;

namespace AwoooP.Redaction.Tests;

public sealed class RedactorTests
{
    public static TheoryData<string> Clean { get; } =
    [
        "prod", "webshop-7d9f8b6c5d-x2x4z", "WebshopDown", "The shop answers with errors since five minutes.",
        "rate(http_requests_total{code=~\"5..\"}[5m]) > 0.05",
    ];

    [Theory]
    [MemberData(nameof(Clean))]
    public void Redact_NothingFound_ReturnsTheSameObjectWithoutAllocation(string text)
    {
        Redactor.Redact(text).ShouldBeSameAs(text);

        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 100; i++)
            Redactor.Redact(text);
        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBe(0);
    }

    [Fact]
    public void Redact_Twice_ChangesNothingMore()
    {
        var texts = CorpusFile.Secrets().Select(c => c.Text).Concat(CorpusFile.LookAlikes()).ToList();
        var random = new Random(20260114);
        for (var round = 0; round < 4000; round++)
        {
            var mixed = Mix(texts, random);
            var once = Redactor.Redact(mixed);
            Redactor.Redact(once).ShouldBe(once, mixed);
        }
    }

    [Fact]
    public void Redact_FromManyThreads_GivesTheSameAnswer()
    {
        var texts = CorpusFile.Secrets().Select(c => c.Text).ToList();
        var expected = texts.Select(text => Redactor.Redact(text)).ToList();
        Parallel.For(0, 64, _ => texts.Select(text => Redactor.Redact(text)).ShouldBe(expected));
    }

    [Fact]
    public void Redact_SeveralSecretsInOneText_RedactsEach()
    {
        var redacted = Redactor.Redact("user=bob password=hunter2 mail bob@shop.test url redis://:pw12@cache/0 card 4111 1111 1111 1111");

        redacted.ShouldBe("user=bob password=[REDACTED:secret] mail [REDACTED:email] url redis://:[REDACTED:url_password]@cache/0 card [REDACTED:card]");
    }

    [Fact]
    public void Redact_NullOrEmpty_ReturnsIt()
    {
        Redactor.Redact(null).ShouldBeNull();
        Redactor.Redact("").ShouldBe("");
    }

    [Fact]
    public void Redact_LongerThanTheBound_KeepsNothingBehindIt()
    {
        var text = "password=hunter2 " + new string('a', Redactor.MaxLength) + " password=hunter3";

        var redacted = Redactor.Redact(text);

        redacted.ShouldStartWith("password=[REDACTED:secret] aaa");
        redacted.ShouldEndWith("[REDACTED:unexamined]");
        redacted.ShouldNotContain("hunter");
    }

    [Theory]
    [InlineData("password", "hunter2", "[REDACTED:secret]")]
    [InlineData("X-Api-Key", "abc", "[REDACTED:secret]")]
    [InlineData("db.clientSecret", "abc def", "[REDACTED:secret]")]
    [InlineData("token", "env://WEBHOOK", "env://WEBHOOK")]
    [InlineData("password", "", "")]
    [InlineData("secret_name", "webshop-tls", "webshop-tls")]
    [InlineData("token_bucket", "100", "100")]
    [InlineData("summary", "mail bob@shop.test", "mail [REDACTED:email]")]
    public void Redact_NameAndValue_RedactsWhatTheNameSays(string name, string value, string expected) => Redactor.Redact(name, value).ShouldBe(expected);

    private static string Mix(List<string> texts, Random random)
    {
        string[] glue = ["", " ", ",", "=", ":", "\n", "\"", "/", "@", "]", "[REDACTED:", "-", "&", "password=", "://"];
        var text = new StringBuilder();
        for (var parts = random.Next(1, 5); parts > 0; parts--)
        {
            var part = texts[random.Next(texts.Count)];
            var start = random.Next(2) == 0 ? 0 : random.Next(part.Length);
            text.Append(part.AsSpan(start, random.Next(part.Length - start + 1))).Append(glue[random.Next(glue.Length)]);
        }

        return text.ToString();
    }
}
