using Microsoft.AspNetCore.Http;

namespace Tidemark.Server.Problems;

/// <summary>What became of a request that was not answered, as something that can be told.</summary>
internal static class Failure
{
    public static TidemarkException Of(Exception failure, bool isLate, TimeSpan limit) => failure switch
    {
        TidemarkException known => known,
        BadHttpRequestException bad => new HttpProblem(
            bad.StatusCode, ErrorCodes.Usage, $"the request cannot be read: {bad.Message}", "send it anew, whole and as HTTP has it"),
        OperationCanceledException when isLate => new HttpProblem(
            StatusCodes.Status503ServiceUnavailable,
            "request.timeout",
            $"the answer was not made within {limit.TotalSeconds:0.#} seconds",
            "ask for less, or have the limit raised"),
        OperationCanceledException => new HttpProblem(
            StatusCodes.Status503ServiceUnavailable, ErrorCodes.Cancelled, "the service is stopping", "send the request again in a while")
        {
            RetryAfter = TimeSpan.FromSeconds(5),
        },
        _ => new TidemarkException(ErrorCodes.Internal, "the request met a defect", "tell whoever runs the service", failure),
    };
}
