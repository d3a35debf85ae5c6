using System.Threading.RateLimiting;
using Microsoft.AspNetCore.Http;
using Tidemark.Server.Problems;

namespace Tidemark.Server.Guarding;

/// <summary>How many requests are taken of each caller, and of all together.</summary>
internal sealed class RequestLimits : IDisposable
{
    private const int PeriodsPerMinute = 600;

    private readonly PartitionedRateLimiter<(string Name, int PerMinute)> _limiter =
        PartitionedRateLimiter.Create<(string Name, int PerMinute), string>(caller => caller.PerMinute <= 0
            ? RateLimitPartition.GetNoLimiter(caller.Name)
            : RateLimitPartition.GetTokenBucketLimiter($"{caller.Name}/{caller.PerMinute}", _ => new TokenBucketRateLimiterOptions
            {
                TokenLimit = caller.PerMinute,
                TokensPerPeriod = Math.Max(1, caller.PerMinute / PeriodsPerMinute),
                ReplenishmentPeriod = TimeSpan.FromMinutes(1.0 * Math.Max(1, caller.PerMinute / PeriodsPerMinute) / caller.PerMinute),
                QueueLimit = 0,
            }));

    /// <exception cref="HttpProblem">So many are not taken.</exception>
    public void Take(string caller, int perMinute)
    {
        using var lease = _limiter.AttemptAcquire((caller, perMinute));
        if (!lease.IsAcquired)
        {
            throw new HttpProblem(
                StatusCodes.Status429TooManyRequests,
                "access.limit",
                $"more than {perMinute} requests a minute came of '{caller}'",
                "send fewer, or have the limit raised")
            {
                RetryAfter = lease.TryGetMetadata(MetadataName.RetryAfter, out var pause) ? pause : TimeSpan.FromSeconds(1),
            };
        }
    }

    public void Dispose() => _limiter.Dispose();
}
