namespace Tidemark.Queueing;

/// <summary>What becomes of a change that meets another of its document in the queue.</summary>
public enum ChangeVerdict
{
    /// <summary>It takes the other's place.</summary>
    Supersedes,

    /// <summary>It is older, and the other stays.</summary>
    Outdated,

    /// <summary>It brings other content under the same version number; the other, which came first, stays.</summary>
    Contradicts,
}
