using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;
using Tidemark.Records;
using Tidemark.Server.Http;
using Tidemark.Server.Problems;

namespace Tidemark.Server.Content;

/// <summary>
/// Carries a write out once, however often it is sent with the same <c>Idempotency-Key</c>: who got no answer sends again, and what others
/// wrote in between stays. What is kept for a day is what became of it, and nothing of the document.
/// </summary>
internal static class IdempotentWrite
{
    private const string Header = "Idempotency-Key";
    private const string Kind = "idempotency";
    private const string Begun = "begun", Queued = "queued", Done = "done";
    private const int LongestKey = 200;

    private static readonly TimeSpan KeptFor = TimeSpan.FromHours(24);

    /// <summary>A server that is killed in between leaves it to be tried again.</summary>
    private static readonly TimeSpan BegunFor = TimeSpan.FromMinutes(3);

    /// <param name="call">The request.</param>
    /// <param name="change">Equal for equal changes.</param>
    /// <param name="write">Writes; it must not be cancelled once it may be safe.</param>
    public static async Task<Written> OnceAsync(Call call, string change, Func<Task<Written>> write)
    {
        var given = call.Context.Request.Headers[Header].ToString();
        if (given.Length == 0)
        {
            return await write();
        }

        if (given.Length > LongestKey)
        {
            throw new TidemarkException(ErrorCodes.Usage, $"'{Header}' is longer than {LongestKey} characters", "make it shorter, a UUID for instance");
        }

        var entries = (await call.Index.OpenStoreAsync(call.Ended)).ServiceEntries;
        var key = Hash(call.Caller.Name, call.Namespace, given);
        var request = FingerprintOf(call.Context.Request, call.Id, change);
        var now = call.Service.Clock.GetUtcNow();
        var begun = new ServiceEntry(Kind, key, $"{Begun} {request}", now, now + BegunFor);
        if (!await entries.TryAddAsync(begun, call.Ended))
        {
            return Again(await entries.FindAsync(Kind, key, call.Ended), request);
        }

        Written written;
        try
        {
            written = await write();
        }
        catch
        {
            // Nothing was written: it may be sent again as if it had never come.
            await entries.RemoveAsync(Kind, key, CancellationToken.None);
            throw;
        }

        var end = string.Create(CultureInfo.InvariantCulture, $"{(written.IsQueued ? Queued : Done)} {request} {written.Sequence}").TrimEnd();
        await entries.PutAsync(begun with { Value = end, ExpiresAt = now + KeptFor }, CancellationToken.None);
        return written;
    }

    private static Written Again(ServiceEntry? known, string request) => known?.Value.Split(' ') switch
    {
        [_, var former, ..] when former != request => throw new HttpProblem(
            StatusCodes.Status422UnprocessableEntity,
            "request.idempotency",
            $"the same '{Header}' came with another request",
            "take a new one for each request, and the same only to send it again"),
        [Queued, ..] => new Written(IsQueued: true, Sequence: null),
        [Done, _, var sequence] => new Written(IsQueued: false, long.Parse(sequence, CultureInfo.InvariantCulture)),
        [Done, ..] => new Written(IsQueued: false, Sequence: null),
        _ => throw new HttpProblem(
            StatusCodes.Status409Conflict, "request.idempotency", "the same request is under way", "send it again in a while")
        {
            RetryAfter = TimeSpan.FromSeconds(1),
        },
    };

    private static string FingerprintOf(HttpRequest request, string id, string change) =>
        Hash(request.Method, id, request.Headers.IfMatch.ToString(), request.Headers.IfNoneMatch.ToString(), change);

    private static string Hash(params string[] parts) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\0', parts))));
}
