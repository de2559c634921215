using AwoooP.Wording;
using Microsoft.Net.Http.Headers;

namespace AwoooP.Client.Http;

/// <summary>The language that a request wants texts in: the first of Accept-Language that texts are kept in, else English.</summary>
internal static class RequestLanguage
{
    public static Language Of(HttpContext context)
    {
        // What a cache keeps of this answer is for readers of the same wish.
        context.Response.Headers.Append(HeaderNames.Vary, HeaderNames.AcceptLanguage);
        var wanted = context.Request.GetTypedHeaders().AcceptLanguage
            .OrderByDescending(static wish => wish.Quality ?? 1)
            .Select(static wish => Known(wish.Value.AsSpan()))
            .FirstOrDefault(static language => language != Language.None);
        return wanted == Language.None ? Language.English : wanted;
    }

    /// <summary>Of the kinds of Chinese, only one is kept: it is nearer to every reader of another than English is.</summary>
    private static Language Known(ReadOnlySpan<char> tag)
    {
        if (tag.StartsWith("zh", StringComparison.OrdinalIgnoreCase))
            return Language.TraditionalChinese;

        return tag.StartsWith("en", StringComparison.OrdinalIgnoreCase) ? Language.English : Language.None;
    }
}
