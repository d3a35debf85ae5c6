using System.Globalization;
using Microsoft.AspNetCore.Http;
using Tidemark.Records;
using Tidemark.Server.Problems;

namespace Tidemark.Server.Guarding;

/// <summary>
/// How many tokens may be embedded for each key in a day of UTC, over all servers of a store. What is sent counts, at four bytes a token, whether or not
/// it turns out to be known already: what it comes to is known only after it was embedded, and then it is paid for.
/// </summary>
internal sealed class TokenLimits(TidemarkIndex index, TimeProvider clock)
{
    private const string Kind = "key-tokens";
    private const int BytesPerToken = 4;

    private static readonly TimeSpan KeptFor = TimeSpan.FromDays(2);

    /// <exception cref="HttpProblem">The key may not have so many any more today; nothing of them is counted.</exception>
    public async ValueTask SpendAsync(Caller caller, long bytes, CancellationToken cancellationToken)
    {
        if (caller.TokensPerDay is not { } most)
        {
            return;
        }

        var (now, tokens) = (clock.GetUtcNow(), (bytes + BytesPerToken - 1) / BytesPerToken);
        var entries = (await index.OpenStoreAsync(cancellationToken)).ServiceEntries;
        var key = string.Create(CultureInfo.InvariantCulture, $"{caller.Key} {now:yyyy-MM-dd}");
        while (true)
        {
            var known = await entries.FindAsync(Kind, key, cancellationToken);
            var spent = known is null ? 0 : long.Parse(known.Value, CultureInfo.InvariantCulture);
            if (spent + tokens > most)
            {
                throw Exceeded(caller, most, now);
            }

            var entry = new ServiceEntry(Kind, key, (spent + tokens).ToString(CultureInfo.InvariantCulture), now, now + KeptFor);
            if (known is null
                ? await entries.TryAddAsync(entry, cancellationToken)
                : await entries.ReplaceAsync(entry, known.Value, cancellationToken))
            {
                return;
            }
        }
    }

    private static HttpProblem Exceeded(Caller caller, long most, DateTimeOffset now) => new(
        StatusCodes.Status429TooManyRequests,
        "access.tokens",
        string.Create(CultureInfo.InvariantCulture, $"the key '{caller.Key}' may have {most} tokens embedded in a day, and this would be more"),
        "send it tomorrow (UTC), send less, or have the limit raised")
    {
        RetryAfter = now.Date.AddDays(1) - now.UtcDateTime,
    };
}
