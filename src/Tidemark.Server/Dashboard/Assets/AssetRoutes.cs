using System.Reflection;
using System.Security.Cryptography;
using Tidemark.Server.Http;
using Tidemark.Serving;

namespace Tidemark.Server.Dashboard.Assets;

/// <summary>What pages load beside themselves: a style, a script, a sign. It comes out of the assembly, and nothing from elsewhere.</summary>
internal static class AssetRoutes
{
    private static readonly Dictionary<string, string> Types = new(StringComparer.Ordinal)
    {
        ["tidemark.css"] = "text/css; charset=utf-8",
        ["tidemark.js"] = "text/javascript; charset=utf-8",
        ["icon.svg"] = "image/svg+xml",
    };

    private static readonly Dictionary<string, byte[]> Contents = Types.Keys.ToDictionary(name => name, Load, StringComparer.Ordinal);

    private static readonly Parameter Version = Parameter.Text("v", "Of its content.");

    public static IEnumerable<ServiceRoute> All => Types.Select(type => new ServiceRoute(
        "GET", $"assets/{type.Key}", $"asset {type.Key}", "Part of a page.", AccessScope.None)
    {
        Parameters = [Version],
        AnswerType = type.Value,
        Handle = async call =>
        {
            var response = call.Context.Response;
            response.ContentType = type.Value;
            response.Headers.CacheControl = "public, max-age=31536000, immutable";
            response.ContentLength = Contents[type.Key].Length;
            await response.Body.WriteAsync(Contents[type.Key], call.Ended);
        },
    });

    /// <summary>Below the root of the dashboard. Another content has another address, so that browsers may keep it.</summary>
    public static string PathOf(string name) => $"assets/{name}?v={Convert.ToHexStringLower(SHA256.HashData(Contents[name]))[..12]}";

    private static byte[] Load(string name)
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream($"dashboard/{name}")!;
        using var content = new MemoryStream();
        stream.CopyTo(content);
        return content.ToArray();
    }
}
