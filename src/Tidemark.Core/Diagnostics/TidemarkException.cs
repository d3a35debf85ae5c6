namespace Tidemark;

/// <summary>
/// A failure that a person can act on: <see cref="Code"/> is stable and machine-readable, the message says what and
/// on which thing (in single quotes), <see cref="Remedy"/> what to do.
/// </summary>
public class TidemarkException : Exception
{
    /// <param name="code">One of <see cref="ErrorCodes"/>.</param>
    /// <param name="message">What is wrong, naming the thing in single quotes.</param>
    /// <param name="remedy">What to do about it.</param>
    /// <param name="inner">What led to it.</param>
    public TidemarkException(string code, string message, string remedy, Exception? inner = null)
        : base(message, inner)
    {
        Code = code;
        Remedy = remedy;
    }

    /// <summary>One of <see cref="ErrorCodes"/>.</summary>
    public string Code { get; }

    /// <summary>What a person can do about it: an imperative, in lower case and without a period.</summary>
    public string Remedy { get; }

    /// <summary>Who can do something about it.</summary>
    public ErrorKind Kind => ErrorKinds.Of(Code);

    /// <summary>Whether the same call may succeed later without anybody changing anything.</summary>
    public bool IsTransient => Kind is ErrorKind.Busy or ErrorKind.Unavailable;

    /// <summary>As any exception says itself, with the code and the remedy behind the message.</summary>
    public override string ToString()
    {
        var text = base.ToString();
        var end = text.IndexOf(Message, StringComparison.Ordinal) + Message.Length;
        return text.Insert(end, $" [{Code}] {Remedy}");
    }
}
