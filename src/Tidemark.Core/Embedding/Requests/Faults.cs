using System.Net;
using System.Net.Sockets;
using Polly.CircuitBreaker;
using Polly.Timeout;

namespace Tidemark.Embedding.Requests;

/// <summary>What a generator's exception means. Those that throw <see cref="EmbeddingRequestException"/> say so themselves.</summary>
internal static class Faults
{
    private const string Later = "make the same call again later; what was committed stays and is not paid for again";

    /// <returns>Null: nobody knows; it is a defect or a decision of the generator, and goes up as it is.</returns>
    public static EmbeddingRequestException? Of(Exception failure, EmbeddingSpace space) => failure switch
    {
        EmbeddingRequestException said => said,
        TimeoutRejectedException timeout => Transient(
            $"the model of '{space.Name}' gave no whole answer within {timeout.Timeout.TotalSeconds:0.###} s", timeout),
        BrokenCircuitException open => Transient($"the provider of '{space.Name}' failed too often and is left alone", open),
        HttpRequestException http => OfStatus(http, space),
        FileNotFoundException or FileLoadException => null, // a broken installation, not a broken connection
        TimeoutException or IOException or SocketException => Transient(
            $"the model of '{space.Name}' could not be reached: {failure.Message}", failure),
        _ => null,
    };

    public static EmbeddingRequestException Invalid(EmbeddingSpace space, string what) => new(
        EmbeddingFault.Invalid,
        ErrorCodes.EmbeddingInvalid,
        $"the embedding model of '{space.Name}' gave a wrong answer: {what}",
        "check the model's name and dimensions; nothing of this answer was stored");

    /// <summary>Whether there is nobody at that address: no host of that name, or nobody who takes the connection.</summary>
    public static bool IsNobodyThere(Exception? failure) => failure switch
    {
        null => false,
        HttpRequestException { HttpRequestError: HttpRequestError.NameResolutionError } => true,
        SocketException { SocketErrorCode: SocketError.ConnectionRefused or SocketError.HostNotFound or SocketError.NoData } => true,
        _ => IsNobodyThere(failure.InnerException),
    };

    /// <summary>The same failure, now one that ends the run.</summary>
    public static EmbeddingRequestException AsFatal(EmbeddingRequestException failure, string prefix, string? remedy = null) =>
        new(EmbeddingFault.Fatal, failure.Code, prefix + failure.Message, remedy ?? failure.Remedy, failure)
        {
            RetryAfter = failure.RetryAfter,
        };

    private static EmbeddingRequestException OfStatus(HttpRequestException failure, EmbeddingSpace space)
    {
        var said = $"the provider of '{space.Name}' failed: {failure.Message}";
        return failure.StatusCode switch
        {
            HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden => new(
                EmbeddingFault.Fatal, ErrorCodes.EmbeddingKey, said, "give the generator a key that may use the model", failure),
            HttpStatusCode.NotFound => new(
                EmbeddingFault.Fatal, ErrorCodes.EmbeddingModel, said, "check the model's name and the address", failure),
            HttpStatusCode.TooManyRequests => new(
                EmbeddingFault.RateLimited, ErrorCodes.EmbeddingRateLimited, said, Later, failure),
            HttpStatusCode.BadRequest or HttpStatusCode.RequestEntityTooLarge or HttpStatusCode.UnprocessableEntity => new(
                EmbeddingFault.Refused, ErrorCodes.EmbeddingRefused, said, "see what the provider says of the input", failure),
            _ => Transient(said, failure),
        };
    }

    private static EmbeddingRequestException Transient(string message, Exception inner) =>
        new(EmbeddingFault.Transient, ErrorCodes.EmbeddingUnavailable, message, Later, inner)
        {
            RetryAfter = inner is BrokenCircuitException { RetryAfter: { } open } ? open : null,
        };
}
