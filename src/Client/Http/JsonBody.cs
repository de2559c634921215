using System.Reflection;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Unicode;
using AwoooP.Client.Problems;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.Extensions.Options;

namespace AwoooP.Client.Http;

/// <summary>
/// A request's JSON body, read strictly: malformed is 400 <c>malformed_json</c>, too long 413, a field that is unknown, missing or of
/// another type 422 with every such field named. A body whose fields may all be left out may be left out itself.
/// </summary>
/// <param name="Value">The body.</param>
/// <param name="Sha256">Over the bytes as they came: what an idempotency key is tied to.</param>
internal sealed record JsonBody<T>(T Value, byte[] Sha256) : IBindableFromHttpContext<JsonBody<T>>, IEndpointParameterMetadataProvider
    where T : class
{
    public const int MaxBytes = 256 * 1024;

    public static async ValueTask<JsonBody<T>?> BindAsync(HttpContext context, ParameterInfo parameter)
    {
        var options = context.RequestServices.GetRequiredService<IOptions<JsonOptions>>().Value.SerializerOptions;
        if (context.Features.Get<IHttpRequestBodyDetectionFeature>() is { CanHaveBody: false } && MayBeMissing(options))
            return new JsonBody<T>(Read("{}"u8.ToArray(), options), Digest(context, []));

        if (!context.Request.HasJsonContentType())
            throw new ProblemException(Problem.NotJson());

        using var body = await BoundedBody.ReadAsync(context.Request, MaxBytes, "body_too_large", context.RequestAborted);
        return new JsonBody<T>(Read(body.Memory, options), Digest(context, body.Span));
    }

    public static void PopulateMetadata(ParameterInfo parameter, EndpointBuilder builder) =>
        builder.Metadata.Add(new AcceptsMetadata(
            ["application/json"],
            typeof(T),
            MayBeMissing(builder.ApplicationServices.GetRequiredService<IOptions<JsonOptions>>().Value.SerializerOptions)));

    /// <summary>A body without a field that is needed says nothing when it is empty, so it can as well be left out.</summary>
    private static bool MayBeMissing(JsonSerializerOptions options) => options.GetTypeInfo(typeof(T)).Properties.All(static property => !property.IsRequired);

    private static byte[] Digest(HttpContext context, ReadOnlySpan<byte> body)
    {
        var sha256 = SHA256.HashData(body);
        context.Features.Set(new RequestDigest(sha256));
        return sha256;
    }

    private static T Read(ReadOnlyMemory<byte> bytes, JsonSerializerOptions options)
    {
        // The parser looks at texts only when they are read, which is too late to say what is wrong.
        if (!Utf8.IsValid(bytes.Span))
            throw new ProblemException(Problem.MalformedJson("The body is not UTF-8."));

        var type = options.GetTypeInfo(typeof(T));
        JsonDocument document;
        try
        {
            document = JsonDocument.Parse(bytes);
        }
        catch (JsonException fault)
        {
            throw new ProblemException(Problem.MalformedJson($"The body is not JSON at byte {(fault.BytePositionInLine ?? 0) + 1} of line {(fault.LineNumber ?? 0) + 1}."));
        }

        using (document)
        {
            try
            {
                var shape = new JsonShape(options);
                shape.Check(document.RootElement, type, "$");
                if (shape.Errors.Count > 0)
                    throw new ProblemException(Problem.Invalid(shape.Errors));

                return document.Deserialize(type) as T
                    ?? throw new ProblemException(Problem.Invalid(new FieldError("$", "wrong_type", "An object is expected.")));
            }
            catch (JsonException fault)
            {
                throw new ProblemException(Problem.Invalid(new FieldError(fault.Path ?? "$", "wrong_type", "The value is not of the type of the field.")));
            }
            catch (InvalidOperationException)
            {
                throw new ProblemException(Problem.MalformedJson("A text in the body is not Unicode."));
            }
        }
    }
}

/// <summary>SHA-256 of the request's body, once it was read.</summary>
internal sealed record RequestDigest(byte[] Sha256);
