namespace Tidemark.Wording;

/// <summary>One character as words see it, in 32 bits.</summary>
internal readonly record struct Letter
{
    private const int ScriptShift = 4, SequenceShift = 7, ValueShift = 8;

    private readonly uint _bits;

    /// <param name="script">Of those written without blanks: which one, up to 7; runs do not reach beyond it.</param>
    /// <param name="value">The folded character, or where in <see cref="LetterTable.Sequences"/> several begin.</param>
    public Letter(LetterClass kind, int script, int value, bool isSequence) =>
        _bits = (uint)kind | ((uint)script << ScriptShift) | (isSequence ? 1u << SequenceShift : 0) | ((uint)value << ValueShift);

    public LetterClass Class => (LetterClass)(_bits & 0xF);

    public int Script => (int)(_bits >> ScriptShift) & 7;

    public bool IsSequence => (_bits >> SequenceShift & 1) != 0;

    public int Value => (int)(_bits >> ValueShift);
}
