using System.Globalization;
using Microsoft.AspNetCore.Http;

namespace Tidemark.Server.Http;

/// <summary>What a request would prefer (RFC 7240).</summary>
internal static class Preference
{
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(2);

    /// <summary>How long it would wait for the end of what it starts; null: it does not say, or not so that one understands it.</summary>
    public static TimeSpan? WaitOf(HttpRequest request)
    {
        foreach (var preference in request.Headers["Prefer"].SelectMany(line => (line ?? "").Split(',')))
        {
            if (preference.Split('=', 2) is [var name, var value]
                && name.Trim().Equals("wait", StringComparison.OrdinalIgnoreCase)
                && double.TryParse(value.Split(';')[0].Trim().Trim('"'), NumberStyles.None, CultureInfo.InvariantCulture, out var seconds))
            {
                return seconds < Longest.TotalSeconds ? TimeSpan.FromSeconds(seconds) : Longest;
            }
        }

        return null;
    }
}
