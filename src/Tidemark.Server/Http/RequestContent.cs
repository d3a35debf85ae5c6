using System.Buffers;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Net.Http.Headers;
using Tidemark.Server.Problems;

namespace Tidemark.Server.Http;

/// <summary>The body of a request, read whole and never beyond a limit.</summary>
internal static class RequestContent
{
    /// <exception cref="HttpProblem">There is more than <paramref name="most"/> bytes of it.</exception>
    public static async Task<ReadOnlyMemory<byte>> ReadAsync(HttpRequest request, int most, CancellationToken cancellationToken)
    {
        if (request.ContentLength > most)
        {
            throw TooLarge(most);
        }

        var content = new ArrayBufferWriter<byte>((int)(request.ContentLength ?? 4_096) + 1);
        while (true)
        {
            var read = await request.Body.ReadAsync(content.GetMemory(4_096), cancellationToken);
            if (read == 0)
            {
                return content.WrittenMemory;
            }

            content.Advance(read);
            if (content.WrittenCount > most)
            {
                throw TooLarge(most);
            }
        }
    }

    /// <exception cref="TidemarkException"><c>usage</c>: it is no JSON.</exception>
    public static JsonDocument Parse(ReadOnlyMemory<byte> content)
    {
        try
        {
            return JsonDocument.Parse(content, new JsonDocumentOptions { MaxDepth = 64 });
        }
        catch (JsonException e)
        {
            throw new TidemarkException(ErrorCodes.Usage, $"the body is no JSON: {e.Message}", "send one JSON object, as UTF-8", e);
        }
    }

    /// <exception cref="TidemarkException"><c>usage</c>: it is not UTF-8.</exception>
    public static string Text(ReadOnlyMemory<byte> content)
    {
        try
        {
            return new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true).GetString(content.Span);
        }
        catch (DecoderFallbackException e)
        {
            throw new TidemarkException(ErrorCodes.Usage, "the body is not UTF-8", "send it as UTF-8", e);
        }
    }

    /// <summary>The media type without its parameters, in lower case; empty: none is given.</summary>
    public static string MediaTypeOf(HttpRequest request) =>
        MediaTypeHeaderValue.TryParse(request.ContentType, out var type) ? type.MediaType.ToString().ToLowerInvariant() : "";

    /// <exception cref="HttpProblem">It is of another media type.</exception>
    public static void Require(HttpRequest request, params ReadOnlySpan<string> types)
    {
        var type = MediaTypeOf(request);
        foreach (var one in types)
        {
            if (type == one)
            {
                return;
            }
        }

        throw new HttpProblem(
            StatusCodes.Status415UnsupportedMediaType,
            "request.media-type",
            type.Length == 0 ? "the body has no media type" : $"a body of '{type}' is not taken here",
            $"send it with 'Content-Type: {types[0]}'");
    }

    /// <exception cref="HttpProblem">It is packed: its bytes would be taken for its text.</exception>
    public static void RequireUnpacked(HttpRequest request)
    {
        if (request.Headers.ContentEncoding.Any(coding => !string.Equals(coding, "identity", StringComparison.OrdinalIgnoreCase)))
        {
            throw new HttpProblem(
                StatusCodes.Status415UnsupportedMediaType, "request.media-type", $"a packed body ('{HeaderNames.ContentEncoding}') is not taken here", "send it as it is");
        }
    }

    /// <summary>The server itself ends a body that is larger, in place of its own limit.</summary>
    public static void Limit(HttpContext context, long most)
    {
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } feature)
        {
            feature.MaxRequestBodySize = most;
        }
    }

    public static HttpProblem TooLarge(long most) => new(
        StatusCodes.Status413PayloadTooLarge, "request.too-large", $"the body is larger than {most:N0} bytes", "send less at once");
}
