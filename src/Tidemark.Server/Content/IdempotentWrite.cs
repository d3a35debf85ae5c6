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
/// wrote in between stays. What is kept for a day is the status of the answer, and nothing of the document.
/// </summary>
internal static class IdempotentWrite
{
    private const string Header = "Idempotency-Key";
    private const string Kind = "idempotency";
    private const int LongestKey = 200;
    private const string Begun = "begun";

    private static readonly TimeSpan KeptFor = TimeSpan.FromHours(24);

    /// <summary>A server that is killed in between leaves it to be tried again.</summary>
    private static readonly TimeSpan BegunFor = TimeSpan.FromMinutes(3);

    /// <param name="call">The request.</param>
    /// <param name="write">Writes, and answers.</param>
    /// <param name="answerAgain">Answers as then, with the status of then.</param>
    public static async Task RunAsync(Call call, Func<Task> write, Func<int, Task> answerAgain)
    {
        var given = call.Context.Request.Headers[Header].ToString();
        if (given.Length == 0)
        {
            await write();
            return;
        }

        if (given.Length > LongestKey)
        {
            throw new TidemarkException(ErrorCodes.Usage, $"'{Header}' is longer than {LongestKey} characters", "make it shorter, a UUID for instance");
        }

        var entries = (await call.Index.OpenStoreAsync(call.Ended)).ServiceEntries;
        var (key, request) = (Hash(call.Caller.Name, call.Namespace, given), FingerprintOf(call.Context.Request));
        var now = call.Service.Clock.GetUtcNow();
        var begun = new ServiceEntry(Kind, key, $"{Begun} {request}", now, now + BegunFor);
        if (!await entries.TryAddAsync(begun, call.Ended))
        {
            await AnswerAgainAsync(await entries.FindAsync(Kind, key, call.Ended), request, answerAgain);
            return;
        }

        try
        {
            await write();
        }
        catch
        {
            // It may be sent again as if it had never come.
            await entries.RemoveAsync(Kind, key, CancellationToken.None);
            throw;
        }

        var status = call.Context.Response.StatusCode.ToString(CultureInfo.InvariantCulture);
        await entries.PutAsync(begun with { Value = $"{status} {request}", ExpiresAt = now + KeptFor }, CancellationToken.None);
    }

    private static Task AnswerAgainAsync(ServiceEntry? known, string request, Func<int, Task> answerAgain) => known?.Value.Split(' ') switch
    {
        [_, var former] when former != request => throw new HttpProblem(
            StatusCodes.Status422UnprocessableEntity,
            "request.idempotency",
            $"the same '{Header}' came with another request",
            "take a new one for each request, and the same only to send it again"),
        [not Begun and var status, _] => answerAgain(int.Parse(status, CultureInfo.InvariantCulture)),
        _ => throw new HttpProblem(
            StatusCodes.Status409Conflict, "request.idempotency", "the same request is under way", "send it again in a while")
        {
            RetryAfter = TimeSpan.FromSeconds(1),
        },
    };

    private static string FingerprintOf(HttpRequest request) => Hash(
        request.Method,
        request.Path.Value!,
        request.QueryString.Value!,
        request.ContentType ?? "",
        request.ContentLength?.ToString(CultureInfo.InvariantCulture) ?? "");

    private static string Hash(params string[] parts) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\0', parts))));
}
