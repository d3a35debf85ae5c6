using System.Net;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Tidemark.Server.Http;

/// <summary>
/// The id of a document in a path. Ids have slashes, dots and percent signs, and a server cleans paths up before it routes them: what
/// was really sent counts, so that no two ids become one.
/// </summary>
internal static class DocumentPath
{
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);


    /// <exception cref="TidemarkException"><c>usage</c>: it is empty, or no valid text.</exception>
    public static string IdOf(HttpContext context, ServiceRoute route)
    {
        var target = context.Features.Get<IHttpRequestFeature>()?.RawTarget ?? "";
        var path = target.Split('?', 2)[0];
        var marker = $"{ServiceRoutes.Api}/{route.Path[..^ServiceRoute.Rest.Length]}";
        var start = path.IndexOf(marker, StringComparison.OrdinalIgnoreCase);
        var id = start >= 0 ? Decode(path[(start + marker.Length)..]) : context.Request.RouteValues["id"] as string ?? "";
        return id.Length > 0 && !id.Contains('\0', StringComparison.Ordinal) && !id.Contains('\uFFFD', StringComparison.Ordinal)
            ? id
            : throw new TidemarkException(
                ErrorCodes.Usage, "the path names no document", "write its id at the end, percent-encoded as UTF-8");
    }

    /// <returns>Empty: it is no valid text.</returns>
    private static string Decode(string path)
    {
        try
        {
            return Strict.GetString(WebUtility.UrlDecodeToBytes(Encoding.ASCII.GetBytes(path.Replace("+", "%2B", StringComparison.Ordinal)), 0, path.Length + (2 * path.Count(c => c == '+'))));
        }
        catch (DecoderFallbackException)
        {
            return "";
        }
    }

    /// <summary>An id as a part of a path.</summary>
    public static string Encode(string id) => string.Join('/', id.Split('/').Select(Uri.EscapeDataString));
}
