namespace Tidemark.ProviderServer;

/// <summary>What the server does with one request.</summary>
public abstract record ProviderReply
{
    private ProviderReply()
    {
    }

    public static ProviderReply Good { get; } = new Vectors();

    public static ProviderReply Error(int status, string message = "no", params (string Name, string Value)[] headers) =>
        new Status(status, $$$"""{"error":{"message":"{{{message}}}","type":"test"}}""", headers);

    /// <summary>The vectors that were asked for, or what a careless server makes of them.</summary>
    public sealed record Vectors : ProviderReply
    {
        /// <summary>Changes the vectors before they are written, in the order of the inputs.</summary>
        public Func<float[][], float[][]>? Change { get; init; }

        /// <summary>The index that is written for each vector; null: none is written.</summary>
        public Func<int, int?> Index { get; init; } = i => i;

        public bool Reversed { get; init; }

        /// <summary>The <c>usage</c> object as JSON; null: as counted; empty: none.</summary>
        public string? Usage { get; init; }

        /// <summary>Ignores the encoding that was asked for.</summary>
        public bool? Float { get; init; }

        /// <summary>What is sent of the answer, from 0 to 1; the header promises all of it.</summary>
        public double Part { get; init; } = 1;

        /// <summary>Waits before the answer.</summary>
        public TimeSpan Latency { get; init; }

        /// <summary>Waits between two pieces of the answer.</summary>
        public TimeSpan Drip { get; init; }
    }

    public sealed record Status(int Code, string Body, params (string Name, string Value)[] Headers) : ProviderReply;

    /// <summary>Answers 200 with this body.</summary>
    public sealed record Page(string Text) : ProviderReply;

    /// <summary>Answers with these bytes, compressed if a header says so.</summary>
    public sealed record Raw(int Code, byte[] Body, params (string Name, string Value)[] Headers) : ProviderReply;

    /// <summary>Answers with this again and again until the caller goes away.</summary>
    public sealed record Endless(int Code, string Piece) : ProviderReply;

    /// <summary>Says nothing until the caller goes away.</summary>
    public sealed record Silence : ProviderReply;

    /// <summary>Answers when it is told to.</summary>
    public sealed record Late(Task Told, ProviderReply Reply) : ProviderReply;

    /// <summary>Breaks the connection without an answer.</summary>
    public sealed record Reset : ProviderReply;
}
