#!/bin/sh
# Everything from the data folders: DATA (gold/, unlabelled/), ENCODER (all-MiniLM-L6-v2), SCORER (score.py), OUT (checkpoints).
# Run from the repository's root, in an environment with training/requirements.txt. EPOCHS, SEED and FORM have defaults.
set -eu
: "${DATA:?folder with gold/ and unlabelled/}" "${ENCODER:?folder with vocab.txt and model.safetensors}" "${SCORER:?score.py}"
OUT=${OUT:-build/reader} MODEL=${MODEL:-kg/extract/model}
export PYTHONPATH=.:training OPENBLAS_NUM_THREADS=1
python training/train.py --gold "$DATA/gold/train.jsonl" --encoder "$ENCODER" --out "$OUT" --epochs "${EPOCHS:-7}" --seed "${SEED:-1}"
python training/export.py --weights "$OUT/average.pt" --encoder "$ENCODER" --out "$MODEL" --form "${FORM:-int8}" \
  --texts "$DATA/gold/train.jsonl" "$DATA"/unlabelled/*.jsonl.gz
python training/terms.py --gold "$DATA/gold/train.jsonl" --out "$MODEL/terms.json"
python training/calibrate.py --gold "$DATA/gold/train.jsonl" --model "$MODEL"
python training/evaluate.py --gold "$DATA/gold/dev.jsonl" --out "$OUT/dev.predicted.jsonl" --model "$MODEL"
python "$SCORER" "$DATA/gold/dev.jsonl" "$OUT/dev.predicted.jsonl"
