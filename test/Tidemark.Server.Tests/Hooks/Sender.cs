using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Shouldly;
using Tidemark.Server.Tests.Support;

namespace Tidemark.Server.Tests.Hooks;

/// <summary>Another system that sends events to a service, signed as Standard Webhooks has it.</summary>
internal sealed class Sender(RunningService service, string hook, string secret)
{
    public static readonly string Secret = "whsec_" + Convert.ToBase64String(Enumerable.Range(1, 24).Select(i => (byte)i).ToArray());

    private int _count;

    public async Task<JsonElement> SendAsync(string body, HttpStatusCode status = HttpStatusCode.Accepted)
    {
        using var response = await PostAsync(body);
        return await response.JsonAsync(status);
    }

    public Task<HttpResponseMessage> PostAsync(string body, string? id = null, DateTimeOffset? at = null, string? signedBody = null, params (string Name, string Value)[] more)
    {
        var name = id ?? string.Create(CultureInfo.InvariantCulture, $"msg_{Interlocked.Increment(ref _count)}");
        var seconds = (at ?? DateTimeOffset.UtcNow).ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        var signature = HMACSHA256.HashData(Convert.FromBase64String(secret["whsec_".Length..]), Encoding.UTF8.GetBytes($"{name}.{seconds}.{signedBody ?? body}"));
        return service.SendAsync(
            HttpMethod.Post,
            $"hooks/{hook}",
            new StringContent(body, Encoding.UTF8, "application/json"),
            [("webhook-id", name), ("webhook-timestamp", seconds), ("webhook-signature", "v1," + Convert.ToBase64String(signature)), .. more]);
    }
}
