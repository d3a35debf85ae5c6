namespace Tidemark;

/// <summary>
/// Who can do something about a failure. Exit codes, answers of a server, whether a caller tries again and how loud a log is follow
/// from it; <see cref="ErrorKinds"/> says of which kind each of <see cref="ErrorCodes"/> is.
/// </summary>
public enum ErrorKind
{
    /// <summary>Nothing failed: something is odd, and was said.</summary>
    Warning,

    /// <summary>The call, its settings or what it names has to be another one; nothing was done.</summary>
    Usage,

    /// <summary>One document, line, file or text cannot be taken; others can.</summary>
    Item,

    /// <summary>Somebody else holds what is needed at this moment; it passes by itself.</summary>
    Busy,

    /// <summary>A service gives no answer, or no more for now; it passes by itself.</summary>
    Unavailable,

    /// <summary>An amount that somebody set is used up.</summary>
    Limit,

    /// <summary>Keys, rights, disks or services have to be looked after by whoever runs them.</summary>
    Operator,

    /// <summary>The store or the external index is damaged, another's, or of another release.</summary>
    Incompatible,

    /// <summary>The caller ended it.</summary>
    Cancelled,

    /// <summary>Nobody foresaw it.</summary>
    Defect,
}
