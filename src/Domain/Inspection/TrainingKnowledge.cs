namespace Chitti.Domain;

/// <summary>What is known of the pictures that a model was trained on, and so how well others can be told from them.</summary>
[GenerateSerializer, Alias("chitti.training-knowledge")]
public enum TrainingKnowledge
{
    /// <summary>Nothing: a picture of something else may pass.</summary>
    None = 0,

    /// <summary>Grey levels, edges and plain areas of the pictures, not what the model sees in them: the gate is weak.</summary>
    Picture = 1,

    /// <summary>What the model sees in them.</summary>
    Features = 2,
}
