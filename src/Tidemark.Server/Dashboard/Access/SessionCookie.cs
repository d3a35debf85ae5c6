using System.Globalization;
using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Http;

namespace Tidemark.Server.Dashboard.Access;

/// <summary>
/// Who signed in with a key sends it with every page: a browser keeps it for a few hours as a cookie that only this service can read, and
/// no script. The key itself is looked up at every request, so what ends the key ends the session.
/// </summary>
internal sealed class SessionCookie(IDataProtectionProvider protection, TimeProvider clock)
{
    public const string Name = "tidemark-session";

    public static readonly TimeSpan Lifetime = TimeSpan.FromHours(8);

    private readonly IDataProtector _protector = protection.CreateProtector("Tidemark.Server.Dashboard.Session.1");

    /// <summary>Lets a request of a browser stand for the key that was signed in with. A key that is sent counts before it.</summary>
    public void Admit(HttpContext context)
    {
        var headers = context.Request.Headers;
        if (headers.Authorization.Count == 0 && context.Request.Cookies[Name] is { Length: > 0 } cookie && Read(cookie) is { } key)
        {
            headers.Authorization = $"Bearer {key}";
        }
    }

    public void Open(HttpContext context, string root, string key)
    {
        var until = clock.GetUtcNow() + Lifetime;
        var cookie = _protector.Protect(string.Create(CultureInfo.InvariantCulture, $"{until.ToUnixTimeSeconds()}:{key}"));
        context.Response.Cookies.Append(Name, cookie, OptionsOf(context, root));
    }

    public static void Close(HttpContext context, string root)
    {
        if (context.Request.Cookies.ContainsKey(Name))
        {
            context.Response.Cookies.Delete(Name, OptionsOf(context, root));
        }
    }

    /// <returns>Null: it is none of ours, or its time is over.</returns>
    private string? Read(string cookie)
    {
        try
        {
            return _protector.Unprotect(cookie).Split(':', 2) is [var until, var key]
                && long.TryParse(until, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
                && seconds > clock.GetUtcNow().ToUnixTimeSeconds() ? key : null;
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    /// <summary>A proxy spoke https with the browser, which says so in what it sends with a form.</summary>
    private static bool IsBehindHttps(HttpRequest request) => request.Headers.Origin.ToString().StartsWith("https://", StringComparison.OrdinalIgnoreCase);

    private static CookieOptions OptionsOf(HttpContext context, string root) => new()
    {
        HttpOnly = true,
        IsEssential = true,
        SameSite = SameSiteMode.Strict,
        Secure = context.Request.IsHttps || IsBehindHttps(context.Request),
        Path = root.Length == 0 ? "/" : root,
    };
}
