using System.ClientModel;
using System.ClientModel.Primitives;
using Tidemark.Embedding;
using Tidemark.Networking;

namespace Tidemark.OpenAI;

/// <summary>Says what a failed request means. The key never stands in what it says.</summary>
internal sealed class FaultReader(OpenAIOptions options, HttpRoute route, TimeProvider clock)
{
    private const string LaterRemedy = "make the same call again later; what was committed stays and is not paid for again";

    private string KeyRemedy => $"set {options.KeyVariable} to a key that may use this endpoint; what was committed stays";

    private string Host => options.BaseUrl.IsDefaultPort ? options.BaseUrl.Host : options.BaseUrl.Authority;

    /// <exception cref="EmbeddingRequestException"><c>embedding.key-missing</c>: OpenAI itself would refuse.</exception>
    public void RequireKey()
    {
        if (options.Key is null && options.BaseUrl.Host.EndsWith("api.openai.com", StringComparison.OrdinalIgnoreCase))
        {
            throw Fault(
                EmbeddingFault.Fatal, ErrorCodes.EmbeddingKeyMissing, $"'{options.Model}' of '{Host}' needs a key, and there is none",
                $"set {options.KeyVariable}, or OPENAI_BASE_URL to a server that needs none");
        }
    }

    /// <param name="response">Its status and headers.</param>
    /// <param name="body">What came of its body.</param>
    /// <param name="texts">What was sent.</param>
    public EmbeddingRequestException Of(PipelineResponse response, ReadOnlyMemory<byte> body, IReadOnlyList<string> texts)
    {
        if (route.JudgeStatus(response.Status) is { } way)
        {
            return OfWay(way, inner: null);
        }

        var plain = ErrorBody.Read(body, options.Key);
        var said = plain.Without(texts);
        var what = $"'{Host}' answered {response.Status}{(said.Message.Length > 0 ? $" ({said.Message})" : "")} for '{options.Model}'";
        var retryAfter = RetryAfterHeader.Read(response.Headers, clock);
        var isTooLong = TooLong.IsMeant(response.Status, plain.Message);
        return response.Status switch
        {
            _ when isTooLong => Refused(what, isTooLong),
            401 => Fault(EmbeddingFault.Fatal, ErrorCodes.EmbeddingKey, $"'{Host}' does not take the key: 401", KeyRemedy),
            403 => Fault(
                EmbeddingFault.Fatal, ErrorCodes.EmbeddingKey, $"the key may not use '{options.Model}' of '{Host}': 403", KeyRemedy),
            404 => Fault(
                EmbeddingFault.Fatal, ErrorCodes.EmbeddingModel, what,
                "check the model's name and the base URL, which ends before '/embeddings', most often with '/v1'"),
            >= 300 and < 400 => Fault(
                EmbeddingFault.Fatal, ErrorCodes.EmbeddingEndpoint,
                $"'{Host}' sends requests on elsewhere: {response.Status}{Target(response)}",
                "set OPENAI_BASE_URL to the address that is meant; redirects are not followed, so that no text goes astray"),
            429 when said.IsQuota => Fault(
                EmbeddingFault.Fatal, ErrorCodes.EmbeddingRateLimited, what, "raise the account's quota, or wait until it is new"),
            429 => Fault(EmbeddingFault.RateLimited, ErrorCodes.EmbeddingRateLimited, what, Slower(), retryAfter),
            408 or 409 or 425 or >= 500 => Fault(
                EmbeddingFault.Transient, ErrorCodes.EmbeddingUnavailable, what, LaterRemedy, retryAfter),
            402 or 405 or 407 or 410 => Fault(
                EmbeddingFault.Fatal, ErrorCodes.EmbeddingEndpoint, what, "check the account and the base URL"),
            _ => Refused(what, isTooLong),
        };
    }

    private static EmbeddingRequestException Refused(string what, bool isTooLong) => new(
        EmbeddingFault.Refused, ErrorCodes.EmbeddingRefused, what,
        "see what the provider says of the input; it is sent again once its text has changed, or with SyncOptions.RetryRefused")
    {
        IsTooLong = isTooLong,
    };

    public EmbeddingRequestException Of(Exception failure) => route.Judge(Unwrapped(failure)) is { } way
        ? OfWay(way, failure)
        : new EmbeddingRequestException(
            EmbeddingFault.Fatal,
            ErrorCodes.EmbeddingEndpoint,
            $"no request could be made to '{Host}': {Clean(failure.Message)}",
            $"check OPENAI_BASE_URL and {options.KeyVariable}");

    private EmbeddingRequestException OfWay(HttpFailure way, Exception? inner) => way.MayPass
        ? new(
            EmbeddingFault.Transient, ErrorCodes.EmbeddingUnavailable, Clean(way.What),
            way.Remedy is { } remedy ? $"{remedy}, then make the same call again" : LaterRemedy, inner)
        : new(EmbeddingFault.Fatal, ErrorCodes.EmbeddingEndpoint, Clean(way.What), way.Remedy ?? LaterRemedy, inner);

    /// <summary>The client's own exception around a failure of the connection.</summary>
    private static Exception Unwrapped(Exception failure) =>
        failure is ClientResultException { InnerException: { } inner } ? inner : failure;

    private static string Slower() =>
        "set EmbeddingRequestOptions.RequestsPerMinute and EmbeddingRequestOptions.TokensPerMinute to what the account allows";

    private static string Target(PipelineResponse response) =>
        response.Headers.TryGetValue("Location", out var location) && Uri.TryCreate(location, UriKind.Absolute, out var uri)
            ? $" to '{uri.Scheme}://{uri.Authority}'"
            : "";

    private static EmbeddingRequestException Fault(
        EmbeddingFault fault, string code, string message, string remedy, TimeSpan? retryAfter = null) =>
        new(fault, code, message, remedy) { RetryAfter = retryAfter };

    private string Clean(string message) => ErrorBody.Clean(message, options.Key);
}
