"""What all bodies have in common: those that clients send, and those that they get."""

from pydantic import BaseModel, ConfigDict


class Input(BaseModel):
    # Strict: no number is taken for a text, and no text for a boolean.
    model_config = ConfigDict(strict=True)


class Output(BaseModel):
    # Made from a row of a table, or from anything else with these attributes.
    model_config = ConfigDict(from_attributes=True)
