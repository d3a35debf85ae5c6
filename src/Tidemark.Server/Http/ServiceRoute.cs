using Microsoft.AspNetCore.Http;
using Tidemark.Server.Guarding;
using Tidemark.Server.Problems;
using Tidemark.Serving;

namespace Tidemark.Server.Http;

/// <summary>One thing that can be asked of the service: where, what it takes, and who may. The description for programs is made of these.</summary>
/// <param name="Method">Of HTTP.</param>
/// <param name="Path">Below the API, without a slash in front: <c>documents/{id}</c>.</param>
/// <param name="Name">Of the operation, as clients that are generated call it.</param>
/// <param name="Summary">One sentence.</param>
/// <param name="Scope">What a key must be good for.</param>
internal sealed record ServiceRoute(string Method, string Path, string Name, string Summary, AccessScope Scope)
{
    /// <summary>Ends the id of a document, which may have slashes.</summary>
    public const string Rest = "{id}";

    public IReadOnlyList<Parameter> Parameters { get; init; } = [];

    /// <summary>A part of the path, <c>{name}</c>; null: the path has none, but perhaps the id of a document.</summary>
    public Parameter? InPath { get; init; }

    public RequestBody Body { get; init; }

    /// <summary>What the answer is, for people.</summary>
    public string Answer { get; init; } = "What was asked for.";

    public string AnswerType { get; init; } = "application/json";

    /// <summary>The name of the schema of the answer; null: an object.</summary>
    public string? Schema { get; init; }

    /// <summary>What it means that the answer is 202, where it can be; null: it cannot, or it is an operation or a document.</summary>
    public string? Accepted { get; init; }

    /// <summary>Which namespaces it reaches.</summary>
    public Reach Reach { get; init; }

    /// <summary>It may take long: it goes on behind the answer, which says where it stands.</summary>
    public bool IsOperation { get; init; }

    /// <summary>It says by itself how long it may take.</summary>
    public bool IsUnlimited { get; init; }

    /// <summary>It is asked so often and by machines that an answer of it is no line of a log.</summary>
    public bool IsQuiet { get; init; }

    /// <summary>Says who sends a request, where its key does not; null: the key does.</summary>
    public Func<HttpContext, ServedIndex, CancellationToken, ValueTask<Caller>>? LetIn { get; init; }

    public required Func<Call, Task> Handle { get; init; }

    /// <summary>Tells whoever asks why there is no answer.</summary>
    public Func<HttpContext, TidemarkException, Task> Refuse { get; init; } = ProblemWriter.WriteAsync;
}

internal enum Reach
{
    /// <summary>That which the request means; a key must be good for it.</summary>
    Namespace,

    /// <summary>It answers of those that the key is good for.</summary>
    Own,

    /// <summary>All of the store: a key must not be limited to some.</summary>
    Store,
}

internal enum RequestBody
{
    /// <summary>Parameters stand in the query.</summary>
    None,

    /// <summary>Parameters are members of an object.</summary>
    Parameters,

    /// <summary>One document.</summary>
    Document,

    /// <summary>Records, one object a line.</summary>
    Lines,

    /// <summary>Whatever another system sends.</summary>
    Event,
}
